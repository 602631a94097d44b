import { useEffect } from "preact/hooks";
import { Button } from "../../../components/button.js";
import { Icon } from "../../../components/icon.js";
import { Menu } from "../../../components/menu.js";
import { ago, full, short } from "../../../format.js";
import { html } from "../../../html.js";
import { whoOf } from "../../../naming.js";
import { conversation } from "../../../state/conversations.js";
import { linkConversations, loadRelated, relatedOf } from "../../../state/related.js";
import { timelineOf } from "../../../state/timelines.js";
import { t } from "../../../words.js";
import { threadTint } from "../choice.js";
import { sayProblem } from "../commands.js";
import { mend, openJoin, openLink, part, takeOutLink, threadOf } from "../dialogs/grouping.js";
import { openSide } from "../dialogs/sidethread.js";
import { subjectOf } from "../titles.js";
import { Section } from "./section.js";

/** @typedef {import("../../../types.js").Conversation} Conversation */
/** @typedef {import("../../../types.js").Related} Related */

/** How many conversations of the loaded timeline stand here. */
const SHOWN = 12;

/** The conversations of the customer, and what belongs to the one that is open: what is joined to it, cut off it, linked with it, and beside it.
 * @param {{customerId: number, conversationId: number|null}} props */
export function Threads({ customerId, conversationId }) {
  const active = conversationId === null ? null : threadOf(conversationId);
  const related = relatedOf(active);
  const unread = related === undefined;
  useEffect(() => {
    if (active !== null && unread) loadRelated(active).catch(() => undefined);
  }, [active, unread]);
  const ids = [...new Set(timelineOf(customerId).entries.value.map((entry) => threadOf(entry.conversation_id)))].reverse();
  const held = ids.map((id) => conversation(id)).filter((it) => it !== undefined && it.customer.id === customerId).slice(0, SHOWN);
  const items = active === null ? [] : [
    { label: t("join-title"), icon: "git-merge", onSelect: () => openJoin(active) },
    { label: t("link-title"), icon: "link", onSelect: () => openLink(active) },
    { label: t("side-start"), icon: "message-square-reply", onSelect: () => openSide(active) },
  ];
  const more = items.length > 0 && html`<${Menu} label=${t("conversation-more")} items=${items} align="end" trigger=${(/** @type {any} */ attributes) => html`<${Button} ...${attributes}
    kind="quiet" size="small" icon="plus" tip=${t("conversation-more")} />`} />`;
  if (!held.length) return null;
  return html`
    <${Section} name="conversations" title=${t("conversations")} count=${held.length} action=${more}>
      <ul class="thread-list">${held.map((it) => html`<${Thread} key=${it?.id} it=${/** @type {Conversation} */ (it)} current=${it?.id === active} />`)}</ul>
      ${related && html`<${Belonging} related=${related} />`}
    <//>
  `;
}

/** @param {{it: Conversation, current: boolean}} props */
const Thread = ({ it, current }) => html`<li><a class=${`thread-link ${threadTint(it.id)}`} href=${`/conversations/${it.id}`} aria-current=${current ? "true" : undefined}>
  <span class="thread-mark" aria-hidden="true"></span><span class="truncate grow" dir="auto">${subjectOf(it)}</span>
  ${it.state === "resolved" ? html`<${Icon} name="check" size=${14} label=${t("state-resolved")} />` : html`<span class="faint tiny number">${short(it.last_entry_at)}</span>`}</a></li>`;

/** @param {{related: Related}} props */
function Belonging({ related }) {
  const lines = [
    ...related.joined.map((one) => html`<${Line} key=${`j${one.id}`} icon="git-merge" id=${one.from_id} words=${t("joined-line")} at=${one.at} by=${one.by}
      undo=${() => void part(one.id)} undoWords=${t("part")} plain />`),
    ...related.splits.map((one) => html`<${Line} key=${`s${one.id}`} icon="split" id=${one.into_id === related.id ? one.from_id : one.into_id} at=${one.at} by=${one.by}
      words=${t(one.into_id === related.id ? "split-from-line" : "split-into-line")} undo=${() => void mend(one.id)} undoWords=${t("mend")} />`),
    ...related.side.map((id) => html`<${Line} key=${`b${id}`} icon="message-square-reply" id=${id} words=${t("side-line")} onOpen=${() => openSide(related.id, id)} />`),
    ...(related.side_of === null ? [] : [html`<${Line} key="of" icon="corner-down-right" id=${related.side_of} words=${t("side-of-line")} />`]),
    ...related.links.map((one) => {
      const from = threadOf(one.from_id) === related.id;
      const id = from ? one.to_id : one.from_id;
      const again = () => void linkConversations(one.from_id, one.to_id, one.kind).catch(sayProblem);
      return html`<${Line} key=${`l${one.id}`} icon="link" id=${id} words=${t(`link-${one.kind === "causes" && !from ? "caused" : one.kind}`)} at=${one.at} by=${one.by}
        undo=${() => void takeOutLink(one.id, again)} undoWords=${t("link-remove")} />`;
    }),
  ];
  return lines.length ? html`<ul class="belonging">${lines}</ul>` : null;
}

/** Another conversation, what it has to do with this one, and how that is undone.
 * @param {{icon: string, id: number, words: string, at?: string, by?: {name: string}|null, undo?: () => void, undoWords?: string, plain?: boolean, onOpen?: () => void}} props */
function Line({ icon, id, words, at, by, undo, undoWords, plain, onOpen }) {
  const it = conversation(id);
  const name = it ? subjectOf(it) : `#${id}`;
  const details = [words, it && !plain ? whoOf(it) : "", at ? ago(at) : ""].filter(Boolean).join(" · ");
  return html`<li class="belonging-line"><${Icon} name=${icon} size=${14} />
    <span class="side-link-text">${plain ? html`<span class="truncate" dir="auto">${name}</span>`
      : onOpen ? html`<button type="button" class="link truncate" dir="auto" onClick=${onOpen}>${name}</button>`
      : html`<a class="link truncate" dir="auto" href=${`/conversations/${id}`}>${name}</a>`}
      <span class="faint tiny truncate" data-tip=${at ? [full(at), by?.name].filter(Boolean).join(" · ") : undefined}>${details}</span></span>
    ${undo && html`<${Button} kind="quiet" size="small" icon=${icon === "link" ? "x" : "undo-2"} tip=${undoWords} onClick=${undo} />`}</li>`;
}
