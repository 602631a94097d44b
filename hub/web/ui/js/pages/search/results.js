import { useState } from "preact/hooks";
import { Avatar } from "../../components/avatar.js";
import { Badge } from "../../components/badge.js";
import { ChannelMark } from "../../components/channelmark.js";
import { Icon } from "../../components/icon.js";
import { full, short } from "../../format.js";
import { classes, html } from "../../html.js";
import { addressOf, whoOf } from "../../naming.js";
import { remember } from "../../state/search.js";
import { t } from "../../words.js";
import { subjectOf } from "../desk/titles.js";

/** @typedef {import("../../types.js").SearchItem} SearchItem */
/** @typedef {{conversation: any, hits: SearchItem[]}} Group */

/** Of one conversation, until they are asked for. */
const SHOWN = 3;

/** The conversations in the order of their first hit, each with all of its hits. @param {SearchItem[]} items @returns {Group[]} */
export function grouped(items) {
  /** @type {Map<number, Group>} */
  const groups = new Map();
  for (const item of items) {
    if (!item.conversation) continue;
    const group = groups.get(item.conversation.id) ?? { conversation: item.conversation, hits: [] };
    if (item.kind === "entry") group.hits.push(item);
    groups.set(item.conversation.id, group);
  }
  return [...groups.values()];
}

/** What was found, marked. @param {{pieces: {text: string, hit: boolean}[]}} props */
export const Marked = ({ pieces }) => html`${pieces.map((it, index) => (it.hit ? html`<mark key=${index}>${it.text}</mark>` : it.text))}`;

/** Customers of that name, side by side. @param {{items: SearchItem[], query: string}} props */
export const People = ({ items, query }) => html`
  <section class="found-people" aria-labelledby="found-people">
    <h2 id="found-people">${t("customers")}</h2>
    <ul role="list">${items.map((it) => {
      const person = /** @type {any} */ (it.customer);
      const first = person.identities[0];
      const name = person.name || (first && addressOf(first)) || "?";
      return html`<li key=${person.id}><a class="found-person" data-result href=${`/c/${person.id}`} onClick=${() => remember(query)}>
        <${Avatar} name=${name} />
        <span class="menu-text"><span class="truncate" dir="auto">${person.name ? html`<${Marked} pieces=${it.title} />` : name}</span>
          <span class="menu-detail truncate" dir="auto">${person.identities.map((/** @type {any} */ one) => addressOf(one)).join(" · ")}</span></span></a></li>`;
    })}</ul>
  </section>
`;

/** One conversation and where in it the words stand. @param {Group & {query: string}} props */
export function Thread({ conversation: it, hits, query }) {
  const [all, setAll] = useState(false);
  const shown = all ? hits : hits.slice(0, SHOWN);
  return html`
    <article class="found-thread" aria-label=${`${whoOf(it)}: ${subjectOf(it)}`}>
      <header>
        <${Avatar} name=${whoOf(it)} size="small" />
        <a class="found-head" href=${`/conversations/${it.id}`} data-result=${hits.length ? undefined : true} tabindex=${hits.length ? -1 : undefined}
          onClick=${() => remember(query)}><strong class="truncate" dir="auto">${whoOf(it)}</strong>
          <span class="found-subject truncate" dir="auto">${subjectOf(it)}</span></a>
        ${it.state === "resolved" && html`<${Badge} tone="success" icon="check">${t("search-resolved")}<//>`}
        <${ChannelMark} kind=${it.channel.kind} behind=${it.identity.kind} label=${it.channel.name} tip=${it.channel.name} />
      </header>
      <ul role="list">${shown.map((hit) => html`<li key=${`${hit.entry_id}.${hit.attachment?.id ?? 0}`}><${Hit} hit=${hit} query=${query} /></li>`)}</ul>
      ${hits.length > shown.length && html`<button type="button" class="link found-more" onClick=${() => setAll(true)}>
        ${t("search-more-here", { n: hits.length - shown.length })}</button>`}
    </article>
  `;
}

/** @param {{hit: SearchItem, query: string}} props */
function Hit({ hit, query }) {
  const [icon, what] = markFor(hit);
  const at = /** @type {string} */ (hit.at);
  const titled = hit.attachment !== null || hit.title.some((it) => it.hit);
  return html`
    <a class=${classes("found-hit", hit.entry_kind === "note" && "note")} data-result href=${`/conversations/${hit.conversation?.id}?entry=${hit.entry_id}`}
      onClick=${() => remember(query)}>
      <span class="found-icon"><${Icon} name=${icon} size=${14} label=${t(what)} /></span>
      <span class="found-body">
        ${titled && html`<span class="found-title truncate" dir="auto"><${Marked} pieces=${hit.title} /></span>`}
        ${hit.snippet.length > 0 && html`<span class="found-snippet" dir="auto"><${Marked} pieces=${hit.snippet} /></span>`}
        <span class="found-meta"><bdi>${hit.author || t(hit.direction === "out" ? "search-from-us" : "search-system")}</bdi><time datetime=${at} data-tip=${full(at)}>${short(at)}</time></span>
      </span>
    </a>
  `;
}

/** @param {SearchItem} hit @returns {[icon: string, words: string]} */
function markFor(hit) {
  if (hit.attachment) return ["paperclip", "search-in-file"];
  if (hit.entry_kind === "note") return ["sticky-note", "search-in-note"];
  if (hit.entry_kind === "call" || hit.entry_kind === "callback") return ["phone", "search-in-call"];
  return hit.direction === "out" ? ["corner-down-right", "search-from-us"] : ["message-square-text", "search-from-customer"];
}
