import { Avatar } from "../../../components/avatar.js";
import { ChannelMark } from "../../../components/channelmark.js";
import { LabelDot } from "../../../components/labelpill.js";
import { date, list, number, shortMoment, span, toWallClock } from "../../../format.js";
import { html } from "../../../html.js";
import { channelList, channels } from "../../../state/channels.js";
import { fields } from "../../../state/fields.js";
import { activeLabels, labels } from "../../../state/labels.js";
import { activeAgents, agents, me } from "../../../state/session.js";
import { activeTeams, teams } from "../../../state/teams.js";
import { t } from "../../../words.js";
import { kindWords } from "../composer/destination.js";
import { PRIORITIES, PriorityMark } from "../menuitems.js";

/**
 * What can be asked of conversations: every field of a filter with its words, its comparisons and its values.
 *
 * @typedef {import("../../../types.js").Condition} Condition
 * @typedef {{value: any, label: string, before?: any, icon?: string}} Option
 * @typedef {{field: string, label: string, icon: string, group: string, kind: 'choice'|'yesno'|'minutes'|'time'|'text'|'number'|'date',
 *   ops: Condition['op'][], options: () => Option[]}} FilterField
 */

const MINUTE = 60_000;
const MINUTES = [15, 30, 60, 120, 240, 480, 1440, 2880];
const BACK = ["-1h", "-4h", "-1d", "-3d", "-7d", "-30d", "-90d"];
const DAYS = ["-90d", "-30d", "-7d", "-1d", "-0d"];

const OPS = /** @type {Record<string, Condition['op'][]>} */ ({
  choice: ["is", "not"],
  yesno: ["is"],
  minutes: ["over", "under"],
  time: ["over", "under"],
  date: ["over", "under"],
  number: ["is", "over", "under", "not"],
  text: ["has", "is", "not"],
});
const KINDS = /** @type {Record<string, FilterField['kind']>} */ ({ text: "text", url: "text", number: "number", boolean: "yesno", date: "date", choice: "choice" });
const ICONS = /** @type {Record<string, string>} */ ({ text: "text-cursor-input", url: "link", number: "hash", boolean: "toggle-right", date: "calendar", choice: "list" });

const yesNo = () => [true, false].map((value) => ({ value, label: t(value ? "yes" : "no") }));
const minutes = () => MINUTES.map((value) => ({ value, label: span(value * MINUTE) }));
const moments = (/** @type {string[]} */ of) => of.map((value) => ({ value, label: momentWords(value) }));

/** @param {string} field @param {string} icon @param {FilterField['kind']} kind @param {() => Option[]} options @returns {FilterField} */
const builtIn = (field, icon, kind, options) => ({
  field, icon, kind, options, group: t("filter-group-conversation"), label: t(`filter-${field.replaceAll("_", "-")}`), ops: field === "label" ? ["is", "has", "not"] : OPS[kind],
});

/** @returns {FilterField[]} */
export function filterFields() {
  const mine = me.value?.id;
  return [
    builtIn("state", "inbox", "choice", () => ["open", "snoozed", "resolved"].map((value) => ({ value, label: t(`view-${value}`) }))),
    builtIn("assignee", "user-round", "choice", () => [
      { value: "me", label: t("filter-me"), icon: "circle-user" },
      { value: null, label: t("assign-nobody"), icon: "circle-dashed" },
      ...activeAgents.value.filter((it) => it.id !== mine).map((it) => ({ value: it.id, label: it.name, before: html`<${Avatar} name=${it.name} letters=${it.initials} size="tiny" />` })),
    ]),
    builtIn("team", "users", "choice", () => [
      { value: "mine", label: t("filter-my-teams"), icon: "users" },
      { value: null, label: t("team-none"), icon: "circle-dashed" },
      ...activeTeams.value.map((it) => ({ value: it.id, label: it.name })),
    ]),
    builtIn("label", "tag", "choice", () => [...activeLabels.value.map((it) => ({ value: it.id, label: it.name, before: html`<${LabelDot} tint=${it.tint} />` })), { value: null, label: t("filter-no-label"), icon: "circle-dashed" }]),
    builtIn("priority", "flag", "choice", () => PRIORITIES.map((value) => ({ value, label: t(`priority-${value}`), before: html`<${PriorityMark} priority=${value} />` }))),
    builtIn("channel", "plug-zap", "choice", () => channelList.value.map((it) => ({ value: it.id, label: it.name, before: html`<${ChannelMark} kind=${it.kind} />` }))),
    builtIn("channel_kind", "messages-square", "choice", () => [...new Set(channelList.value.map((it) => it.kind))].map((value) => ({ value, label: kindWords(value), before: html`<${ChannelMark} kind=${value} />` }))),
    builtIn("waiting_minutes", "hourglass", "minutes", minutes),
    builtIn("unread", "mail", "yesno", yesNo),
    builtIn("following", "eye", "yesno", yesNo),
    builtIn("delivery_problem", "circle-alert", "yesno", yesNo),
    builtIn("automatic", "bot", "yesno", yesNo),
    builtIn("created_at", "calendar", "time", () => moments(BACK)),
    builtIn("last_entry_at", "history", "time", () => moments(BACK)),
    ...fields.value.filter((it) => !it.archived).map((it) => {
      const kind = KINDS[it.type];
      const options = () => (kind === "yesno" ? yesNo() : kind === "date" ? moments(DAYS) : kind === "choice" ? [...it.choices.map((value) => ({ value, label: value })), unset()] : []);
      return { field: `${it.noun}.${it.key}`, label: it.label, icon: ICONS[it.type], group: t(`filter-group-${it.noun}-fields`), kind, ops: OPS[kind], options };
    }),
  ];
}

const unset = () => ({ value: null, label: t("field-none"), icon: "circle-dashed" });

/** A condition that is not yet complete when it needs a value. @param {FilterField} field @returns {Condition} */
export const freshCondition = ({ field, kind, ops }) => ({ field, op: ops[0], value: kind === "choice" ? [] : kind === "yesno" ? true : kind === "minutes" ? 60 : kind === "time" ? "-7d" : kind === "date" ? "-0d" : "" });

/** Whether it says enough to be asked. @param {Condition} it */
export const isComplete = ({ value }) => (Array.isArray(value) ? value.length > 0 : value !== "" && !Number.isNaN(value));

/** What stands between field and value. @param {FilterField} field @param {Condition['op']} op */
export const opWords = (field, op) => t(`op-${op}-${field.kind === "minutes" ? "number" : field.kind === "date" ? "time" : field.kind}`);

/** @param {FilterField} field @param {any} value @returns {string} */
export function valueWords(field, value) {
  if (Array.isArray(value)) return value.length === 0 ? t("filter-choose") : value.length > 2 ? t("filter-several", { n: value.length }) : list(value.map((it) => valueWords(field, it)), "disjunction");
  const option = field.kind === "choice" || field.kind === "yesno" ? field.options().find((it) => it.value === value) : undefined;
  if (option) return option.label;
  if (field.field === "label") return labels.value.get(value)?.name ?? t("filter-gone");
  if (field.field === "team") return teams.value.get(value)?.name ?? t("filter-gone");
  if (field.field === "assignee") return value === me.value?.id ? t("filter-me") : (agents.value.get(value)?.name ?? t("filter-gone"));
  if (field.field === "channel") return channels.value?.get(value)?.name ?? t("filter-gone");
  if (field.kind === "minutes") return span(value * MINUTE);
  if (field.kind === "time" || field.kind === "date") return momentWords(value);
  if (value === null) return t("field-none");
  return typeof value === "number" ? number(value) : value === "" ? t("filter-choose") : String(value);
}

/** "7 days ago", "today", a day. @param {string} value */
function momentWords(value) {
  const [, , amount, unit] = /^(-)(\d+)([hdw])$/.exec(value) ?? [];
  if (!amount && /^\d{4}-\d\d-\d\d$/.test(value)) return date(`${value}T12:00:00Z`);
  if (!amount) return toWallClock(Date.parse(value)).endsWith("T00:00") ? date(value) : shortMoment(Date.parse(value));
  const n = Number(amount);
  if (n === 0) return t("today");
  return t(`ago-${unit}`, { n });
}
