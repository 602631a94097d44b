import { signal } from "@preact/signals";
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { fits, offered } from "../../actions.js";
import { get, withQuery } from "../../api.js";
import { Avatar } from "../../components/avatar.js";
import { Dialog } from "../../components/dialog.js";
import { Icon } from "../../components/icon.js";
import { KeyHint } from "../../components/keyhint.js";
import { classes, html } from "../../html.js";
import { addressOf } from "../../naming.js";
import { go } from "../../router.js";
import { t } from "../../words.js";
import { buttonsOnPage } from "./onpage.js";

const open = signal(false);
export const openPalette = () => void (open.value = true);

const RECENT = "palette-recent";
const KEPT = 6;
/** How long typing rests before the hub is asked, in ms. */
const REST = 120;

/** @typedef {{id: string, label: string, group: string, detail?: string, icon?: string, keys?: string, person?: string, passing?: boolean, run: () => void}} Line
 *   `passing`: it is not there every day, and not remembered */

/** @returns {string[]} */
function recent() {
  try {
    return JSON.parse(localStorage.getItem(RECENT) ?? "[]");
  } catch {
    return [];
  }
}

/** Everything by its name: type a few letters of a command, a page or a customer. */
export const Palette = () => html`<${Dialog} open=${open.value} title=${t("palette")} closeLabel=${t("close")} onClose=${() => (open.value = false)} class="palette">
  <${Body} close=${() => (open.value = false)} /><//>`;

/** @param {{close: () => void}} props */
function Body({ close }) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const [people, setPeople] = useState(/** @type {Line[]} */ ([]));
  const list = useRef(/** @type {HTMLElement|null} */ (null));
  const id = useId();
  const query = typed.trim();

  useEffect(() => {
    if (query.length < 2) return setPeople([]);
    const stop = new AbortController();
    const timer = setTimeout(() => {
      get(withQuery("/api/customers", { query, limit: 6 }), stop.signal)
        .then(({ items }) => setPeople(items.map(personLine)))
        .catch(() => undefined); // what can be done stays listed; the next letter asks again
    }, REST);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query]);

  const actions = offered();
  const buttons = useMemo(() => buttonsOnPage(new Set(actions.map((it) => it.label))), []);
  const lines = useMemo(() => (query ? [...fittingLines(actions, buttons, query), ...people, searchLine(query)] : usualLines(actions)), [actions.length, query, people]);
  const here = Math.min(at, lines.length - 1);

  const choose = (/** @type {Line} */ line) => {
    close();
    if (!line.person && !line.passing) localStorage.setItem(RECENT, JSON.stringify([line.id, ...recent().filter((it) => it !== line.id)].slice(0, KEPT)));
    // the dialog gives the focus back first: what runs may take it
    requestAnimationFrame(() => line.run());
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: lines.length - 1 }[event.key];
    if (event.key === "Enter" && !event.isComposing && lines[here]) {
      event.preventDefault();
      choose(lines[here]);
    } else if (to !== undefined && lines.length && !(typed && /Home|End/.test(event.key))) {
      event.preventDefault();
      const next = (to + lines.length) % lines.length;
      setAt(next);
      list.current?.querySelector(`[data-line="${next}"]`)?.scrollIntoView({ block: "nearest" });
    }
  };

  return html`
    <div class="palette-field"><${Icon} name="search" />
      <input type="text" role="combobox" aria-expanded="true" aria-controls=${`${id}-list`} aria-autocomplete="list" autofocus autocomplete="off" spellcheck=${false}
        aria-activedescendant=${lines.length ? `${id}-${here}` : undefined} aria-label=${t("palette-field")} placeholder=${t("palette-field")} value=${typed}
        onInput=${(/** @type {any} */ event) => (setTyped(event.target.value), setAt(0))} onKeyDown=${onKeyDown} /></div>
    <div class="palette-list" role="listbox" id=${`${id}-list`} aria-label=${t("palette")} ref=${list}>
      ${lines.map((line, index) => html`
        ${line.group !== lines[index - 1]?.group && html`<p class="palette-group" role="presentation" key=${`g${line.group}`}>${line.group}</p>`}
        <div key=${line.id} id=${`${id}-${index}`} data-line=${index} role="option" aria-selected=${String(index === here)}
          class=${classes("palette-line", index === here && "here")} onPointerMove=${() => index !== here && setAt(index)} onClick=${() => choose(line)}>
          ${line.person ? html`<${Avatar} name=${line.person} size="small" />` : html`<${Icon} name=${line.icon ?? "chevron-right"} />`}
          <span class="menu-text"><span class="truncate" dir="auto">${line.label}</span>
            ${line.detail && html`<span class="menu-detail truncate" dir="auto">${line.detail}</span>`}</span>
          ${line.keys && html`<${KeyHint} keys=${line.keys} />`}
        </div>`)}
    </div>
    <p class="visually-hidden" role="status">${t("palette-found", { n: lines.length })}</p>
  `;
}

/** @param {import("../../actions.js").Action} it @param {string} group @returns {Line} */
const commandLine = (it, group) => ({ ...it, group, keys: it.keys?.[0], run: () => void it.run() });

/** @param {import("../../actions.js").Action[]} actions */
const readyOf = (actions) => actions.filter((it) => it.ready !== false && it.id !== "palette");

/** With nothing typed: those used last, then all. @param {import("../../actions.js").Action[]} actions @returns {Line[]} */
function usualLines(actions) {
  const ready = readyOf(actions);
  const last = recent();
  const lately = last.map((id) => ready.find((it) => it.id === id)).filter((it) => it !== undefined);
  return [...lately.map((it) => commandLine(it, t("palette-recent"))), ...ready.filter((it) => !last.includes(it.id)).map((it) => commandLine(it, it.group))];
}

/** Commands, then buttons, each best first; whose letters only stand in order are left out where others have the word.
 * @param {import("../../actions.js").Action[]} actions @param {Line[]} buttons @param {string} query @returns {Line[]} */
function fittingLines(actions, buttons, query) {
  const commands = fitting(readyOf(actions), query);
  const pressed = fitting(buttons, query);
  const least = Math.max(commands[0]?.score ?? 0, pressed[0]?.score ?? 0) >= 2 ? 2 : 0;
  return [
    ...commands.slice(0, 12).filter(({ score }) => score >= least).map(({ it }) => commandLine(it, t("palette-commands"))),
    ...pressed.slice(0, 6).filter(({ score }) => score >= least).map(({ it }) => it),
  ];
}

/** @template {{label: string, group: string, detail?: string}} T @param {T[]} all @param {string} query */
const fitting = (all, query) =>
  all
    .map((it) => ({ it, score: fits(`${it.label} ${it.detail ?? ""} ${it.group}`, query) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);

/** @param {any} it a customer that was found @returns {Line} */
const personLine = (it) => ({
  id: `customer-${it.id}`,
  group: t("customers"),
  person: it.name || (it.identities[0] && addressOf(it.identities[0])) || "?",
  label: it.name || (it.identities[0] && addressOf(it.identities[0])) || "",
  detail: it.identities.map(addressOf).join(" · "),
  run: () => go(`/c/${it.id}`),
});

/** @param {string} query @returns {Line} */
const searchLine = (query) => ({
  id: "search-all",
  group: t("palette-search"),
  icon: "search",
  label: t("palette-search-for", { query }),
  run: () => go(`/search?q=${encodeURIComponent(query)}`),
});
