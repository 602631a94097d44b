import { signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Avatar } from "../../../components/avatar.js";
import { Button } from "../../../components/button.js";
import { ChannelMark } from "../../../components/channelmark.js";
import { Icon } from "../../../components/icon.js";
import { Menu } from "../../../components/menu.js";
import { Popover } from "../../../components/popover.js";
import { fromWallClock, number } from "../../../format.js";
import { classes, html } from "../../../html.js";
import { shownAs } from "../../../naming.js";
import { route } from "../../../router.js";
import { channels } from "../../../state/channels.js";
import { conversation } from "../../../state/conversations.js";
import { customer } from "../../../state/customers.js";
import { leaderOf } from "../../../state/related.js";
import { agents, me } from "../../../state/session.js";
import { timelineOf } from "../../../state/timelines.js";
import { t } from "../../../words.js";
import { threadTint } from "../choice.js";
import { tight } from "../folding.js";
import { subjectOf } from "../titles.js";
import { isNarrow, KINDS, narrow, onlyOf, showEverything } from "./narrowing.js";

/** @typedef {import("./narrowing.js").Only} Only */

/** Raised to choose a day to go to. */
export const choosingDate = signal(false);

const KIND_ICONS = /** @type {Record<string, string>} */ ({ message: "message-square", note: "sticky-note", call: "phone", callback: "phone-outgoing", file: "paperclip", event: "history" });

/** Whether the agent has opened or closed the bar; null: where there is room it is open while something is left out. */
const unfolded = signal(/** @type {boolean|null} */ (null));
/** @param {Only} only */
const isOpen = (only) => unfolded.value ?? (!tight.value && isNarrow(only));
/** @param {boolean} open */
export const showBar = (open) => void (unfolded.value = open);

/** The ways to a day and to the bar, and how much of it is in use. @param {{onMoment: (at: string) => void}} props */
export function NarrowTools({ onMoment }) {
  const only = onlyOf(route.value.query);
  const { channel, thread, kinds, author } = only;
  const count = [channel, thread, author].filter((it) => it !== null).length + kinds.length;
  const open = isOpen(only);
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || !open) return;
    event.preventDefault();
    showBar(false);
  };
  return html`<${JumpToDate} onMoment=${onMoment} />
    <button type="button" class=${classes("property narrow-fold", count > 0 && "on")} aria-expanded=${String(open)} data-tip=${t("narrow-bar")}
    aria-label=${t("narrow-fold", { n: count })} onClick=${() => showBar(!open)} onKeyDown=${onKeyDown}>
    <${Icon} name="list-filter" size=${16} />${count > 0 && html`<span class="number">${number(count)}</span>`}</button>`;
}

/** Which entries the timeline shows. @param {{customerId: number, only: Only}} props */
export function NarrowBar({ customerId, only }) {
  if (!isOpen(only)) return null;
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    showBar(false);
    /** @type {HTMLElement|null} */ (document.querySelector(".narrow-fold"))?.focus();
  };
  return html`
    <div class="narrow-bar" role="group" aria-label=${t("narrow-bar")} onKeyDown=${onKeyDown}>
      <${ByChannel} customerId=${customerId} chosen=${only.channel} />
      <${ByThread} customerId=${customerId} chosen=${only.thread} />
      <${ByKind} chosen=${only.kinds} />
      <${ByPerson} customerId=${customerId} chosen=${only.author} />
      ${isNarrow(only) && html`<${Button} kind="quiet" size="small" icon="x" class="narrow-clear" onClick=${() => (showBar(true), showEverything())}>${t("show-everything")}<//>`}
    </div>
  `;
}

/** @param {{label: string, any: string, shown: any, items: any[], filter?: string}} props shown: what is chosen, null for anything */
function Choice({ label, any, shown, items, filter }) {
  return html`<${Menu} label=${label} items=${items} filter=${filter} trigger=${(/** @type {any} */ attributes) => html`<${Button} ...${attributes} kind="quiet"
    size="small" class=${classes("narrow-choice", shown !== null && "chosen")} iconEnd="chevron-down" aria-label=${`${label}: ${shown?.text ?? any}`}>
    ${shown === null ? any : html`<span class="narrow-shown">${shown.before}<span class="truncate">${shown.text}</span></span>`}<//>`} />`;
}

/** @param {{customerId: number, chosen: number|null}} props */
function ByChannel({ customerId, chosen }) {
  /** @type {Map<number, {name: string, kind: string, behind?: string}>} */
  const used = new Map();
  for (const { channel, conversation_id } of timelineOf(customerId).entries.value)
    if (channel && !used.has(channel.id)) used.set(channel.id, { ...channel, behind: conversation(conversation_id)?.identity.kind });
  for (const it of channels.value?.values() ?? []) if (it.state !== "archived" && !used.has(it.id)) used.set(it.id, it);
  const held = chosen === null ? null : (used.get(chosen) ?? { name: `#${chosen}`, kind: "" });
  const mark = (/** @type {any} */ it) => html`<${ChannelMark} kind=${it.kind} behind=${it.behind} />`;
  const items = [
    { label: t("all-channels"), checked: chosen === null, onSelect: () => narrow({ channel: null }) },
    ...[...used].map(([id, it]) => ({ label: it.name, before: mark(it), checked: id === chosen, onSelect: () => narrow({ channel: id }) })),
  ];
  return html`<${Choice} label=${t("narrow-channel")} any=${t("all-channels")} shown=${held && { text: held.name, before: mark(held) }} items=${items} />`;
}

/** @param {{customerId: number, chosen: number|null}} props */
function ByThread({ customerId, chosen }) {
  const ids = new Set(chosen === null ? [] : [chosen]);
  for (const entry of timelineOf(customerId).entries.value.toReversed()) ids.add(leaderOf(entry.conversation_id));
  const name = (/** @type {number} */ id) => {
    const it = conversation(id);
    return it ? subjectOf(it) : `#${id}`;
  };
  const mark = (/** @type {number} */ id) => html`<span class=${`narrow-thread ${threadTint(id)}`}></span>`;
  const items = [
    { label: t("all-threads"), checked: chosen === null, onSelect: () => narrow({ thread: null }) },
    ...[...ids].map((id) => ({ label: name(id), before: mark(id), checked: id === chosen, onSelect: () => narrow({ thread: id }) })),
  ];
  return html`<${Choice} label=${t("narrow-thread")} any=${t("all-threads")} shown=${chosen === null ? null : { text: name(chosen), before: mark(chosen) }}
    items=${items} filter=${ids.size > 8 ? t("narrow-thread-find") : undefined} />`;
}

/** Several kinds at once: the menu stays open. @param {{chosen: string[]}} props */
function ByKind({ chosen }) {
  const toggle = (/** @type {string} */ kind) => narrow({ kinds: KINDS.filter((it) => (it === kind) !== chosen.includes(it)) });
  const items = KINDS.map((kind) => ({ label: t(`kinds-${kind}`), icon: KIND_ICONS[kind], checked: chosen.includes(kind), stay: true, onSelect: () => toggle(kind) }));
  return html`<${Choice} label=${t("narrow-kind")} any=${t("all-kinds")} items=${items}
    shown=${chosen.length === 0 ? null : { text: chosen.map((kind) => t(`kinds-${kind}`)).join(", "), before: html`<${Icon} name=${KIND_ICONS[chosen[0]]} size=${14} />` }} />`;
}

/** @param {{customerId: number, chosen: string|null}} props */
function ByPerson({ customerId, chosen }) {
  /** @type {Map<string, {name: string, letters?: string}>} */
  const people = new Map();
  for (const it of customer(customerId)?.identities ?? []) people.set(`identity:${it.id}`, { name: it.name ? `${it.name} · ${shownAs(it.shown ?? it.address)}` : shownAs(it.shown ?? it.address) });
  for (const { author } of timelineOf(customerId).entries.value)
    if (author.type === "customer" && author.id !== null && !people.has(`identity:${author.id}`)) people.set(`identity:${author.id}`, { name: author.name || author.address || `#${author.id}` });
  for (const it of agents.value.values()) people.set(`agent:${it.id}`, { name: it.id === me.value?.id ? `${it.name} (${t("you")})` : it.name, letters: it.initials });
  const mark = (/** @type {{name: string, letters?: string}} */ it) => html`<${Avatar} name=${it.name} letters=${it.letters} size="tiny" />`;
  const held = chosen === null ? null : (people.get(chosen) ?? { name: chosen.replace(":", " ") });
  const items = [
    { label: t("all-people"), checked: chosen === null, onSelect: () => narrow({ author: null }) },
    ...[...people].map(([key, it]) => ({ label: it.name, text: it.name, before: mark(it), checked: key === chosen, onSelect: () => narrow({ author: key }) })),
  ];
  return html`<${Choice} label=${t("narrow-person")} any=${t("all-people")} shown=${held && { text: held.name, before: mark(held) }} items=${items}
    filter=${items.length > 9 ? t("narrow-person-find") : undefined} />`;
}

/** @param {{onMoment: (at: string) => void}} props */
function JumpToDate({ onMoment }) {
  const anchor = useRef(/** @type {HTMLElement|null} */ (null));
  const field = useRef(/** @type {HTMLInputElement|null} */ (null));
  const open = choosingDate.value;
  const close = () => void (choosingDate.value = false);
  const jump = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!field.current?.value) return;
    onMoment(new Date(fromWallClock(`${field.current.value}T00:00`)).toISOString());
    close();
  };
  return html`
    <button type="button" ref=${anchor} class="property narrow-date" aria-expanded=${String(open)} aria-haspopup="dialog" aria-label=${t("jump-to-date")}
      data-tip=${t("jump-to-date")} data-tip-keys="G" onClick=${() => (choosingDate.value = !open)}><${Icon} name="calendar-days" size=${15} /></button>
    <${Popover} open=${open} anchor=${anchor} onClose=${close} align="end" label=${t("jump-to-date")} class="jump-to-date">
      <form onSubmit=${jump}>
        <label>${t("jump-day")}<input ref=${(/** @type {any} */ it) => ((field.current = it), it && setTimeout(() => it.focus(), 0))} type="date" class="input" required max="9999-12-31" /></label>
        <${Button} kind="primary" size="small" type="submit">${t("jump-go")}<//>
      </form>
    <//>
  `;
}
