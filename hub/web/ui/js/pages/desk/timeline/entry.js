import { useState } from "preact/hooks";
import { Avatar } from "../../../components/avatar.js";
import { Badge } from "../../../components/badge.js";
import { ChannelMark } from "../../../components/channelmark.js";
import { Icon } from "../../../components/icon.js";
import { ago, full, time } from "../../../format.js";
import { classes, html } from "../../../html.js";
import { shownAs } from "../../../naming.js";
import { conversation } from "../../../state/conversations.js";
import { agents, me } from "../../../state/session.js";
import { t } from "../../../words.js";
import { CallbackEntry } from "../../calls/callbackentry.js";
import { CallEntry, isSound } from "../../calls/callentry.js";
import { Attachments } from "../attachments.js";
import { dims, threadTint } from "../choice.js";
import { TaskLine } from "../customer/tasks.js";
import { isSide, SideLine } from "../dialogs/sidethread.js";
import { Body } from "./body.js";
import { DeliveryLine } from "./delivery.js";
import { EntryActions } from "./entrymenu.js";
import { EventLine } from "./event.js";
import { flashed } from "./kept.js";
import { isChat } from "./layout.js";
import { OtherKind } from "./otherkind.js";

/** @typedef {import("../../../types.js").Entry} Entry */

/** One entry of the timeline, of any kind; `follows`: it goes on with the one before, whose writer is named there.
 * @param {{entry: Entry, follows?: boolean}} props */
export function EntryView({ entry, follows }) {
  // what can be done is drawn when someone comes near: a long timeline would be slow with the menus of all its entries
  const [near, setNear] = useState(false);
  if (isSide(entry)) return html`<${SideLine} entry=${entry} />`;
  if (entry.kind === "task") return html`<${TaskLine} entry=${entry} />`;
  if (entry.kind === "event") return html`<${EventLine} entry=${entry} />`;
  const come = () => near || setNear(true);
  const side = entry.kind === "note" ? "note" : entry.direction;
  const generic = entry.kind !== "message" && entry.kind !== "note";
  return html`
    <article class=${classes("entry", side, threadTint(entry.conversation_id), generic && "other-kind", isChat(entry) && "brief", follows && "follows", dims(entry.conversation_id) && "dimmed", entry.pending && "pending", flashed.value === entry.id && "flash")}
      onPointerEnter=${come} onFocusIn=${come} tabindex="-1" data-entry=${entry.id} aria-labelledby=${`entry-${entry.id}-head`}>
      <div class="entry-card">
        <${Head} entry=${entry} />
        ${entry.kind === "call" ? html`<${CallEntry} entry=${entry} />`
          : entry.kind === "callback" ? html`<${CallbackEntry} entry=${entry} />`
          : generic ? html`<${OtherKind} entry=${entry} />` : html`<${Body} entry=${entry} />`}
        <${Attachments} items=${entry.kind === "call" ? entry.attachments.filter((it) => !isSound(it)) : entry.attachments} pending=${entry.pending_files} />
        ${entry.delivery && html`<${DeliveryLine} entry=${entry} />`}
        ${near && !entry.pending && html`<${EntryActions} entry=${entry} />`}
      </div>
    </article>
  `;
}

/** Who, by which address, when. @param {{entry: Entry}} props */
function Head({ entry }) {
  const { author } = entry;
  const agent = author.type === "agent" && author.id !== null ? agents.value.get(author.id) : null;
  const name = author.type === "agent" && author.id === me.value?.id ? t("you") : author.name || (author.address && shownAs(author.address)) || (entry.direction === "out" && entry.channel?.name) || t(`author-${author.type}`);
  // what we did among ourselves has no address
  const addresses = entry.direction === "internal" ? [] : entry.direction === "out" ? entry.to.filter((it) => it.role === "to").map((it) => shownAs(it.address)) : [author.address ?? conversation(entry.conversation_id)?.identity.address].filter((it) => it != null).map(shownAs);
  const copies = entry.to.filter((it) => it.role === "cc");
  return html`
    <header class="entry-head" id=${`entry-${entry.id}-head`}>
      ${author.type === "system" ? html`<span class="entry-own" aria-hidden="true"><${Icon} name="bot" size=${14} /></span>`
        : html`<${Avatar} name=${author.name || author.address || entry.channel?.name || "?"} letters=${agent?.initials} size="small" />`}
      <span class="entry-name" dir="auto">${name}</span>
      ${entry.kind === "note" ? html`<${Badge} tone="warning" icon="lock" tip=${t("note-tip")}>${t("note")}
        <//>` : html`<${ChannelMark} kind=${entry.kind === "message" ? (entry.channel?.kind ?? "") : entry.kind}
        behind=${conversation(entry.conversation_id)?.identity.kind} label=${entry.channel?.name} tip=${entry.channel?.name} />`}
      ${addresses.length > 0 && entry.kind !== "note" && html`<span class="entry-address truncate" dir=${entry.direction === "out" ? undefined : "auto"}>
        ${entry.direction === "out" ? t("entry-to", { address: addresses.join(", ") }) : addresses.join(", ")}</span>`}
      ${copies.length > 0 && html`<span class="entry-address entry-copies" data-tip=${copies.map((it) => it.address).join(", ")}>
        ${t("entry-copies", { n: copies.length })}</span>`}
      ${entry.data.template && html`<${Badge} icon="layout-template">${t("template")}<//>`}
      ${entry.automatic !== "no" && html`<${Badge} icon=${entry.automatic === "list" ? "megaphone" : "bot"}>
        ${t(`automatic-${entry.automatic}`)}<//>`}
      <time class="entry-time" datetime=${entry.occurred_at} data-tip=${`${full(entry.occurred_at)} · ${ago(entry.occurred_at)}`}>
        ${time(entry.occurred_at)}</time>
    </header>
  `;
}
