import { Avatar } from "../../../components/avatar.js";
import { ChannelMark } from "../../../components/channelmark.js";
import { Icon } from "../../../components/icon.js";
import { LabelDot, LabelPill } from "../../../components/labelpill.js";
import { full, list, now, short, span } from "../../../format.js";
import { classes, html } from "../../../html.js";
import { whoOf } from "../../../naming.js";
import { rangeTo, selected, toggle } from "../../../state/bulk.js";
import { conversation } from "../../../state/conversations.js";
import { hasDraft } from "../../../state/drafts.js";
import { labelsOf } from "../../../state/labels.js";
import { othersAt } from "../../../state/presence.js";
import { agents, me } from "../../../state/session.js";
import { teams } from "../../../state/teams.js";
import { t } from "../../../words.js";
import { list as shownList } from "../choice.js";
import { PriorityMark, snoozeWords } from "../menuitems.js";
import { newsOf, subjectOf } from "../titles.js";

/** @typedef {import("../../../types.js").Conversation} Conversation */

/** The height of a row in pixels. */
export const ROW = 80;
const HOUR = 3_600_000;
/** How many labels behind the first one are shown. */
const DOTS = 4;

/** One conversation of the queue. @param {{id: number, chosen: boolean, stop: boolean}} props */
export function Row({ id, chosen, stop }) {
  const it = conversation(id);
  if (!it) return null;
  const draft = hasDraft(id);
  const ticked = selected.value.has(id);
  const tick = (/** @type {MouseEvent} */ event) => (event.shiftKey ? rangeTo(id, shownList.peek().ids.peek()) : toggle(id));
  const onRow = (/** @type {MouseEvent} */ event) => {
    if (!event.shiftKey) return;
    event.preventDefault();
    getSelection()?.removeAllRanges();
    rangeTo(id, shownList.peek().ids.peek());
  };
  return html`
    <div class=${classes("row-frame", ticked && "ticked")} data-row=${id}>
      <a class=${classes("conversation-row", chosen && "chosen", it.unread && "unread", it.automatic && "automatic")}
        href=${`/conversations/${id}`} aria-current=${chosen ? "true" : undefined} tabindex=${stop ? 0 : -1} onClick=${onRow}>
        <${Avatar} name=${whoOf(it)} size="normal" />
        <span class="row-main">
          <span class="row-line">
            <span class="row-name truncate" dir="auto">${whoOf(it)}</span>
            ${it.unread && html`<span class="unread-dot" role="img" aria-label=${t("unread")}></span>`}
            <time class="row-time" datetime=${it.last_entry_at} data-tip=${full(it.last_entry_at)}>${short(it.last_entry_at)}</time>
          </span>
          <span class="row-line">
            ${it.priority !== "normal" && html`<${PriorityMark} priority=${it.priority} label=${t("priority-is", { priority: t(`priority-${it.priority}`) })}
              tip=${t(`priority-${it.priority}`)} />`}
            <span class="row-subject truncate" dir="auto">${subjectOf(it)}</span>
            <${Labels} ids=${it.label_ids} />
          </span>
          <span class="row-line row-meta">
            <${ChannelMark} kind=${it.channel.kind} behind=${it.identity.kind} size=${13} label=${it.channel.name} />
            <span class="row-preview truncate" dir="auto">
              ${draft && html`<span class="row-draft">${t("draft")}</span> `}${said(it)}${newsOf(it)}
            </span>
            ${marks(it)}
            <${People} it=${it} />
          </span>
        </span>
      </a>
      <label class="row-tick"><input type="checkbox" tabindex="-1" checked=${ticked} aria-label=${t("tick", { name: whoOf(it) })}
        onClick=${tick} /></label>
    </div>
  `;
}

/** Who spoke last, where it was not the customer. @param {Conversation} it */
function said(it) {
  if (it.last_direction === "out") return html`<${Icon} name="reply" size=${12} label=${t("answered")} /> `;
  return it.last_direction === "internal" && !it.preview_of ? html`<${Icon} name="sticky-note" size=${12} label=${t("note")} /> ` : null;
}

/** The first label by its name, the others by their colours: all their names are in the tip. @param {{ids: number[]}} props */
function Labels({ ids }) {
  const [first, ...rest] = labelsOf(ids);
  if (!first) return null;
  return html`<span class="row-labels" data-tip=${rest.length ? list([first, ...rest].map((it) => it.name)) : undefined}>
    <${LabelPill} name=${first.name} tint=${first.tint} />
    ${rest.length > 0 && html`<span class="label-dots">${rest.slice(0, DOTS).map((it) => html`<${LabelDot} key=${it.id} tint=${it.tint} />`)}
      <span class="visually-hidden">${list(rest.map((it) => it.name))}</span></span>`}</span>`;
}

/** What is wrong or put off, seen without opening. @param {Conversation} it */
function marks(it) {
  const waited = it.waiting_since ? now.value - new Date(it.waiting_since).getTime() : 0;
  const tone = waited > 24 * HOUR ? "danger" : waited > 4 * HOUR ? "warning" : "";
  return html`
    ${it.delivery_problem && html`<span class="row-mark danger" data-tip=${t("delivery-problem")}>
      <${Icon} name="circle-alert" size=${14} label=${t("delivery-problem")} /></span>`}
    ${it.side_of_id && html`<span class="row-mark" data-tip=${t("side-row")}><${Icon} name="message-square-reply" size=${12} label=${t("side-row")} /></span>`}
    ${it.snoozed
      ? html`<span class="row-mark snoozed number" data-tip=${t("snoozed-until", { when: it.snoozed.until ? full(it.snoozed.until) : t("snoozed-until-reply") })}>
        <${Icon} name="alarm-clock" size=${12} label=${t("snoozed")} />${it.snoozed.until ? snoozeWords(it.snoozed) : null}</span>`
      : it.waiting_since && it.state === "open" && waited > HOUR && html`<span class=${`row-mark number ${tone}`}
        data-tip=${t("waiting-since", { at: full(it.waiting_since) })}><${Icon} name="hourglass" size=${12} label=${t("waiting")} />
        ${span(waited)}</span>`}
  `;
}

/** Who is there, who follows, whose it is: one agent's face, or the team's name where nobody has it. @param {{it: Conversation}} props */
function People({ it }) {
  const mine = me.value?.id ?? 0;
  const assignee = it.assignee_id === null ? null : agents.value.get(it.assignee_id);
  const team = it.team_id === null ? null : teams.value.get(it.team_id);
  const owner = assignee && t("assigned-to", { name: assignee.id === mine ? t("you") : assignee.name });
  return html`
    ${it.follower_ids.includes(mine) && html`<span class="row-mark" data-tip=${t("following")}><${Icon} name="eye" size=${12} label=${t("following")} /></span>`}
    ${othersAt(it.id).slice(0, 1).map((viewer) => html`<${Avatar} key=${`v${viewer.id}`} name=${viewer.name} letters=${viewer.initials}
      size="tiny" writing=${viewer.writing} tip=${t(viewer.writing ? "viewer-writing" : "viewer-here", { name: viewer.name })} />`)}
    ${team && !assignee && html`<span class="row-team truncate" dir="auto" data-tip=${t("team-is", { name: team.name })}>${team.name}</span>`}
    ${assignee && html`<${Avatar} name=${assignee.name} letters=${assignee.initials} size="tiny"
      tip=${team ? `${owner} · ${team.name}` : owner} />`}
  `;
}
