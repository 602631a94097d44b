import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../components/icon.js";
import { list } from "../../format.js";
import { html } from "../../html.js";
import { othersAt } from "../../state/presence.js";
import { leaderOf } from "../../state/related.js";
import { t } from "../../words.js";

/** @typedef {import("../../types.js").Entry} Entry */

/** What came since the agent began to write. @param {Entry[]} entries @param {number} conversationId @param {boolean} writing */
export function useNewer(entries, conversationId, writing) {
  const mine = entries.filter((it) => leaderOf(it.conversation_id) === conversationId && it.id > 0);
  const newest = mine.at(-1)?.id ?? 0;
  const since = useRef(newest);
  useEffect(() => {
    if (!writing) since.current = newest;
  }, [writing, newest]);
  return writing ? mine.filter((it) => it.id > since.current && it.direction === "in") : [];
}

/** What an agent should know before they send: a colleague is answering too, or the customer has written meanwhile.
 * @param {{conversationId: number, newer: Entry[]}} props */
export function Warnings({ conversationId, newer }) {
  const writing = othersAt(conversationId).filter((it) => it.writing);
  const last = newer.at(-1);
  return html`
    <div class="composer-warnings" role="status">
      ${writing.length > 0 && html`<p class="composer-warning"><${Icon} name="users" size=${14} />
        <span>${t("colleague-answers", { names: list(writing.map((it) => it.name)), n: writing.length })}</span></p>`}
      ${last && html`<p class="composer-warning"><${Icon} name="triangle-alert" size=${14} />
        <span class="newer-preview"><strong>${t("wrote-meanwhile", { n: newer.length, name: last.author.name ?? "" })}</strong>
          <span dir="auto"> ${last.text.slice(0, 160)}</span></span></p>`}
    </div>
  `;
}

const HOLE = /\{\{[^{}]*\}\}/g;

/** Variables that nobody has filled in. @param {{text: string}} props */
export function Holes({ text }) {
  const holes = [...new Set(text.match(HOLE) ?? [])];
  if (!holes.length) return null;
  return html`<p class="composer-warning" role="status"><${Icon} name="triangle-alert" size=${14} />
    <span>${t("holes", { n: holes.length, names: holes.slice(0, 3).join(" ") })}</span></p>`;
}
