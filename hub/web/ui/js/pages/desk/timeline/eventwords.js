import { list, number, shortMoment } from "../../../format.js";
import { fieldOf } from "../../../state/fields.js";
import { labels } from "../../../state/labels.js";
import { teams } from "../../../state/teams.js";
import { t } from "../../../words.js";

/** @type {Record<string, string>} */
export const QUEUE_ICONS = {
  team_assigned: "users",
  snoozed: "alarm-clock",
  woke: "bell",
  priority_set: "flag",
  labelled: "tag",
  field_set: "pencil",
};

/** So many labels are named, and how many others there are. */
const NAMED = 5;

/** @param {number[]} [ids] */
function named(ids = []) {
  const first = ids.length > NAMED + 1 ? NAMED : ids.length;
  const names = ids.slice(0, first).map((id) => `“${labels.value.get(id)?.name ?? `#${id}`}”`);
  return list(first < ids.length ? [...names, t("event-others", { count: number(ids.length - first) })] : names);
}

/** What the words of an event need to be said. @param {Record<string, any>} data @returns {Record<string, string>} */
export function eventWords(data) {
  switch (data.type) {
    case "team_assigned":
      return { team: data.team_id == null ? "none" : (teams.value.get(data.team_id)?.name ?? `#${data.team_id}`) };
    case "snoozed":
      return { when: data.until ? shortMoment(Date.parse(data.until)) : "reply" };
    case "priority_set":
      return { priority: t(`priority-${data.priority}`) };
    case "labelled":
      return { added: named(data.added), removed: named(data.removed), change: data.added?.length && data.removed?.length ? "both" : data.removed?.length ? "removed" : "added" };
    case "field_set":
      return { field: fieldOf("conversation", data.key)?.label ?? String(data.key), value: data.value == null ? "none" : typeof data.value === "boolean" ? t(data.value ? "yes" : "no") : String(data.value) };
    default:
      return {};
  }
}
