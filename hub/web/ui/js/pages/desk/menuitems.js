import { signal } from "@preact/signals";
import { Avatar } from "../../components/avatar.js";
import { Icon } from "../../components/icon.js";
import { LabelDot } from "../../components/labelpill.js";
import { now, shortMoment } from "../../format.js";
import { html } from "../../html.js";
import { activeLabels, createLabel, labels } from "../../state/labels.js";
import { activeAgents, isAdministrator, me } from "../../state/session.js";
import { activeTeams } from "../../state/teams.js";
import { t } from "../../words.js";
import { snoozeTimes } from "./snoozetimes.js";
import { sayProblem } from "./work.js";

/** @typedef {import("../../types.js").Priority} Priority */

export const PRIORITIES = /** @type {const} */ (["urgent", "high", "normal", "low"]);
const MARKS = { urgent: "chevrons-up", high: "chevron-up", normal: "minus", low: "chevron-down" };

/** @param {{priority: Priority, size?: number, label?: string, tip?: string}} props */
export const PriorityMark = ({ priority, size = 14, label, tip }) => html`<span class=${`priority ${priority}`} data-tip=${tip}>
  <${Icon} name=${MARKS[priority]} size=${size} label=${label} /></span>`;

/** @param {Priority|null} held @param {(priority: Priority) => void} choose */
export const priorityItems = (held, choose) =>
  PRIORITIES.map((it) => ({ label: t(`priority-${it}`), before: html`<${PriorityMark} priority=${it} />`, ...(held ? { checked: it === held } : {}), onSelect: () => choose(it) }));

/** @param {number|null|undefined} held undefined: not one conversation @param {(id: number|null) => void} choose */
export function assignItems(held, choose) {
  const mine = me.value;
  const item = (/** @type {import("../../types.js").Agent} */ agent) => ({
    label: agent.id === mine?.id ? t("assign-me", { name: agent.name }) : agent.name,
    text: agent.name,
    before: html`<${Avatar} name=${agent.name} letters=${agent.initials} size="small" />`,
    ...(held !== undefined ? { checked: agent.id === held } : {}),
    keys: agent.id === mine?.id ? "M" : undefined,
    onSelect: () => choose(agent.id),
  });
  return [
    ...(mine ? [item(mine)] : []),
    ...activeAgents.value.filter((agent) => agent.id !== mine?.id).map(item),
    { divider: true, label: "" },
    { label: t("assign-nobody"), icon: "circle-dashed", ...(held !== undefined ? { checked: held === null } : {}), onSelect: () => choose(null) },
  ];
}

/** @param {number|null|undefined} held @param {(id: number|null) => void} choose */
export const teamItems = (held, choose) => [
  ...activeTeams.value.map((it) => ({ label: it.name, icon: "users", ...(held !== undefined ? { checked: it.id === held } : {}), onSelect: () => choose(it.id) })),
  ...(activeTeams.value.length ? [{ divider: true, label: "" }] : []),
  { label: t("team-none"), icon: "circle-dashed", ...(held !== undefined ? { checked: held === null } : {}), onSelect: () => choose(null) },
];

/** @param {(id: number) => boolean|'mixed'} held @param {(id: number, on: boolean) => void} choose */
export const labelItems = (held, choose) =>
  activeLabels.value.map((it) => ({ label: it.name, before: html`<${LabelDot} tint=${it.tint} />`, stay: true, checked: held(it.id), onSelect: () => choose(it.id, held(it.id) !== true) }));

/** What the typed words suggest: a label of that name, for who may make one. @param {string} name @param {(id: number) => void} choose */
export function newLabelItems(name, choose) {
  if (!isAdministrator.peek() || activeLabels.peek().some((it) => it.name.toLocaleLowerCase() === name.toLocaleLowerCase())) return [];
  const make = async () => {
    try {
      choose((await createLabel({ name, tint: (labels.peek().size % 8) + 1 })).id);
    } catch (problem) {
      sayProblem(problem);
    }
  };
  return [{ label: t("label-create", { name }), icon: "plus", onSelect: () => void make() }];
}

/** What a date and a time are asked for. @type {import("@preact/signals").Signal<((until: string) => void)|null>} */
export const askingUntil = signal(null);

/** @param {{until: string|null}|null} held @param {(snooze: {until: string|null}|null) => void} choose */
export const snoozeItems = (held, choose) => [
  ...(held ? [{ label: t("snooze-wake"), icon: "bell", onSelect: () => choose(null) }, { divider: true, label: "" }] : []),
  ...snoozeTimes(now.value).map(({ id, icon, at }) => ({
    label: t(`snooze-${id}`),
    icon,
    end: html`<span class="menu-when number">${shortMoment(at)}</span>`,
    onSelect: () => choose({ until: new Date(at).toISOString() }),
  })),
  { label: t("snooze-pick"), icon: "calendar-plus", onSelect: () => void (askingUntil.value = (until) => choose({ until })) },
  { divider: true, label: "" },
  { label: t("snooze-reply"), icon: "message-square-reply", ...(held ? { checked: held.until === null } : {}), onSelect: () => choose({ until: null }) },
];

/** When it comes back, in few words. @param {{until: string|null}} snoozed */
export const snoozeWords = ({ until }) => (until ? shortMoment(Date.parse(until)) : t("snoozed-until-reply"));
