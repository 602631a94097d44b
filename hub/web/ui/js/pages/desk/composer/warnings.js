import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../../components/icon.js";
import { list } from "../../../format.js";
import { html } from "../../../html.js";
import { othersAt } from "../../../state/presence.js";
import { leaderOf } from "../../../state/related.js";
import { me } from "../../../state/session.js";
import { t } from "../../../words.js";

/** @typedef {import("../../../types.js").Entry} Entry */

/** Whether somebody else answered the customer. @param {Entry} it */
const byColleague = (it) => it.direction === "out" && it.author.type === "agent" && it.author.id !== me.value?.id;

/** What came since the agent began to write: from the customer, and from colleagues to the customer. @param {Entry[]} entries @param {number} conversationId @param {boolean} writing */
export function useNewer(entries, conversationId, writing) {
  const mine = entries.filter((it) => leaderOf(it.conversation_id) === conversationId && it.id > 0);
  const newest = mine.at(-1)?.id ?? 0;
  const since = useRef(newest);
  useEffect(() => {
    // what a draft is found with when it is opened again came before
    if (!writing || since.current === 0) since.current = Math.max(since.current, newest);
  }, [writing, newest]);
  return writing && since.current > 0 ? mine.filter((it) => it.id > since.current && (it.direction === "in" || byColleague(it))) : [];
}

/** What an agent should know before they send: a colleague is answering too or has done so, or the customer has written meanwhile.
 * @param {{conversationId: number, newer: Entry[]}} props */
export function Warnings({ conversationId, newer }) {
  const writing = othersAt(conversationId).filter((it) => it.writing);
  const answered = newer.filter((it) => it.direction === "out");
  const wrote = newer.filter((it) => it.direction === "in");
  return html`
    <div class="composer-warnings" role="status">
      ${writing.length > 0 && html`<p class="composer-warning"><${Icon} name="users" size=${14} />
        <span>${t("colleague-answers", { names: list(writing.map((it) => it.name)), n: writing.length })}</span></p>`}
      ${news("answered-meanwhile", answered)}
      ${news("wrote-meanwhile", wrote)}
    </div>
  `;
}

/** @param {string} words @param {Entry[]} entries */
function news(words, entries) {
  const last = entries.at(-1);
  if (!last) return null;
  return html`<p class="composer-warning"><${Icon} name="triangle-alert" size=${14} />
    <span class="newer-preview"><strong>${t(words, { n: entries.length, name: last.author.name ?? "" })}</strong>
      <span dir="auto"> ${last.text.slice(0, 160)}</span></span></p>`;
}

const HOLE = /\{\{[^{}]*\}\}/g;

/** Variables that nobody has filled in. @param {{text: string}} props */
export function Holes({ text }) {
  const holes = [...new Set(text.match(HOLE) ?? [])];
  if (!holes.length) return null;
  return html`<p class="composer-warning" role="status"><${Icon} name="triangle-alert" size=${14} />
    <span>${t("holes", { n: holes.length, names: holes.slice(0, 3).join(" ") })}</span></p>`;
}
