import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Icon } from "../../../components/icon.js";
import { classes, html } from "../../../html.js";

/**
 * @typedef {{id: string, label: string, detail?: string, icon: string, group?: string, run: () => void|Promise<void>, insert?: string}} Choice
 * insert: words that take the place of what was typed; otherwise it is taken away
 * @typedef {{mark: string, letters: number, query: string}} Asked
 */

const ASKED = /(?:^|[\s(])([/@])([\p{L}\p{N}_.-]*(?: [\p{L}\p{N}_.-]+)?)$/u;
const MOST = 40;

/** What is asked for before the cursor: "/" and "@" at the beginning of a word. @param {string} before @returns {Asked|null} */
export function askedIn(before) {
  const found = ASKED.exec(before);
  return found && { mark: found[1], letters: found[2].length + 1, query: found[2] };
}

/**
 * A list that opens while words are written, and is moved through without leaving them.
 * @param {{current: import("./plaintext.js").Writer|null}} writer @param {(mark: string, query: string) => Choice[]} choicesFor
 */
export function useCompletion(writer, choicesFor) {
  const [asked, setAsked] = useState(/** @type {Asked|null} */ (null));
  const [at, setAt] = useState(0);
  /** What was closed by hand stays closed until something else is asked for. */
  const dismissed = useRef("");
  const id = useId();
  const choices = asked ? choicesFor(asked.mark, asked.query).slice(0, MOST) : [];
  const open = asked !== null && choices.length > 0;

  const look = () => {
    const found = askedIn(writer.current?.before() ?? "");
    const key = found ? found.mark : "";
    if (key !== dismissed.current) dismissed.current = "";
    const next = found && key !== dismissed.current ? found : null;
    if (next?.query === asked?.query && next?.mark === asked?.mark) return;
    setAsked(next);
    setAt(0);
  };
  const close = () => {
    dismissed.current = asked?.mark ?? "";
    setAsked(null);
  };
  const choose = (/** @type {Choice} */ choice) => {
    writer.current?.replace(asked?.letters ?? 0, { text: choice.insert ?? "" });
    setAsked(null);
    void choice.run();
  };
  /** Whether the key was for the list. @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (!open || event.ctrlKey || event.metaKey || event.altKey) return false;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (to !== undefined) setAt((to + choices.length) % choices.length);
    else if (event.key === "Enter" || event.key === "Tab") choose(choices[at]);
    else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const attributes = { "aria-autocomplete": "list", "aria-controls": open ? id : undefined, "aria-activedescendant": open ? `${id}-${at}` : undefined };
  return { open, look, close, onKey, attributes, list: open ? { id, choices, at, setAt, choose } : null };
}

/** @param {{id: string, label: string, choices: Choice[], at: number, setAt: (at: number) => void, choose: (choice: Choice) => void}} props */
export function CompletionList({ id, label, choices, at, setAt, choose }) {
  const list = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" }), [at, choices.length]);
  return html`
    <div ref=${list} id=${id} class="completion menu-items" role="listbox" tabindex="0" aria-label=${label}>
      ${choices.map((it, index) => html`
        ${it.group && it.group !== choices[index - 1]?.group && html`<p key=${`group-${it.group}`} class="menu-heading" role="presentation">${it.group}</p>`}
        <div key=${it.id} id=${`${id}-${index}`} role="option" aria-selected=${String(index === at)} class=${classes("menu-item", index === at && "at")}
          onMouseMove=${() => index !== at && setAt(index)} onMouseDown=${(/** @type {Event} */ event) => (event.preventDefault(), choose(it))}>
          <${Icon} name=${it.icon} /><span class="menu-text"><span class="truncate">${it.label}</span>
            ${it.detail && html`<span class="menu-detail">${it.detail}</span>`}</span></div>`)}
    </div>
  `;
}
