import { Icon } from "../../../components/icon.js";
import { full, time } from "../../../format.js";
import { classes, html } from "../../../html.js";
import { agents, me } from "../../../state/session.js";
import { hasWords, t } from "../../../words.js";
import { dims, threadTint } from "../choice.js";
import { eventWords, QUEUE_ICONS } from "./eventwords.js";
import { flashed } from "./kept.js";

const ICONS = /** @type {Record<string, string>} */ ({
  assigned: "user-check",
  unassigned: "user-x",
  resolved: "check",
  reopened: "rotate-ccw",
  merged: "git-merge",
  unmerged: "split",
  conversation_merged: "git-merge",
  conversation_unmerged: "undo-2",
  conversation_cut: "split",
  conversation_cut_off: "split",
  conversation_mended: "undo-2",
  side_answered: "message-square-reply",
  ...QUEUE_ICONS,
});

/** A change of state as one quiet line, in the reader's words. @param {{entry: import("../../../types.js").Entry}} props */
export function EventLine({ entry }) {
  const { data, author } = entry;
  const type = data.type === "assigned" && (data.assignee_id ?? data.to ?? null) === null ? "unassigned" : (data.type ?? "other");
  const nameOf = (/** @type {number|null|undefined} */ id) => (id == null ? "" : id === me.value?.id ? t("you-object") : (agents.value.get(id)?.name ?? `#${id}`));
  const mine = author.type === "agent" && author.id === me.value?.id;
  const actor = mine ? t("you") : author.name || t(`author-${author.type}`);
  const words = hasWords(`event-${type}`)
    ? t(`event-${type}`, { actor, mine: mine ? "yes" : "no", self: data.assignee_id === author.id ? "yes" : "no", assignee: nameOf(data.assignee_id), other: data.other_name ?? data.name ?? "", ...eventWords(data) })
    : entry.text || t("event-other", { actor, type });
  return html`
    <div class=${classes("event", threadTint(entry.conversation_id), dims(entry.conversation_id) && "dimmed", flashed.value === entry.id && "flash")}
      data-entry=${entry.id} tabindex="-1">
      <${Icon} name=${ICONS[type] ?? "info"} size=${14} /><span>${words}</span>
        <time datetime=${entry.occurred_at} data-tip=${full(entry.occurred_at)}>${time(entry.occurred_at)}</time>
    </div>
  `;
}
