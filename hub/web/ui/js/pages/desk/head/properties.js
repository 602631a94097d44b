import { Icon } from "../../../components/icon.js";
import { LabelPill } from "../../../components/labelpill.js";
import { Menu } from "../../../components/menu.js";
import { list } from "../../../format.js";
import { classes, html } from "../../../html.js";
import { labelsOf } from "../../../state/labels.js";
import { agents, me } from "../../../state/session.js";
import { activeTeams, teams } from "../../../state/teams.js";
import { t } from "../../../words.js";
import { labelItems, newLabelItems, PriorityMark, priorityItems, teamItems } from "../menuitems.js";
import { changeOne, menus, toggleFollow } from "../work.js";
import { FieldsButton } from "./fields.js";

/** @typedef {import("../../../types.js").Conversation} Conversation */

/** How many labels have room for their names. */
const SHOWN = 4;

/** What colleagues have said of a conversation: priority, team, labels, fields, who follows it. @param {{it: Conversation}} props */
export function Properties({ it }) {
  const team = it.team_id === null ? null : teams.value.get(it.team_id);
  const trigger = (/** @type {string} */ tip, /** @type {string} */ keys, /** @type {any} */ content, /** @type {string} */ extra = "") =>
    (/** @type {any} */ { elementRef, ...attributes }) => html`<button ref=${elementRef} type="button" ...${attributes}
      class=${classes("property", extra)} data-tip=${tip} data-tip-keys=${keys}>${content}</button>`;
  return html`
    <div class="properties" role="group" aria-label=${t("properties")}>
      <${Menu} label=${t("priority")} items=${priorityItems(it.priority, (priority) => void changeOne(it.id, { priority }))}
        openSignal=${menus.priority} trigger=${trigger(t("priority"), "P", html`<${PriorityMark} priority=${it.priority} />
        <span class=${it.priority === "normal" ? "property-plain" : ""}>${t(`priority-${it.priority}`)}</span>`)} />
      ${(activeTeams.value.length > 0 || team) && html`<${Menu} label=${t("team")} filter=${activeTeams.value.length > 7 ? t("team-find") : undefined}
        empty=${t("nothing-found")} openSignal=${menus.team}
        items=${teamItems(it.team_id, (team_id) => void changeOne(it.id, { team_id }, team_id === null ? t("team-none-toast") : t("team-toast", { name: teams.peek().get(team_id)?.name ?? "" })))}
        trigger=${trigger(t("team"), "T", html`<${Icon} name="users" size=${14} /><span class=${team ? "truncate" : "property-plain"} dir="auto">
        ${team?.name ?? t("team-none")}</span>`)} />`}
      <${Labels} it=${it} trigger=${trigger} />
      <${FieldsButton} it=${it} />
      <${Follow} it=${it} />
    </div>
  `;
}

/** @param {{it: Conversation, trigger: (tip: string, keys: string, content: any, extra?: string) => any}} props */
function Labels({ it, trigger }) {
  const given = labelsOf(it.label_ids);
  const choose = (/** @type {number} */ id, /** @type {boolean} */ on) => void changeOne(it.id, on ? { label_ids_add: [id] } : { label_ids_remove: [id] });
  const rest = given.slice(SHOWN).map((label) => label.name);
  return html`<${Menu} label=${t("labels")} filter=${t("label-find")} empty=${t("labels-none")} openSignal=${menus.labels}
    items=${labelItems((id) => it.label_ids.includes(id), choose)} extra=${(/** @type {string} */ name) => newLabelItems(name, (id) => choose(id, true))}
    trigger=${trigger(t("labels"), "L", given.length ? html`<span class="visually-hidden">${t("labels")}: </span>
      ${given.slice(0, SHOWN).map((label) => html`<${LabelPill} key=${label.id} name=${label.name} tint=${label.tint} />`)}
      ${rest.length > 0 && html`<span class="label-more number" data-tip=${list(rest)}>+${rest.length}</span>`}` : html`<${Icon} name="tag" size=${14} />
      <span class="property-plain">${t("label-add")}</span>`, `labels-property ${given.length > 1 ? "many" : ""}`)} />`;
}

/** @param {{it: Conversation}} props */
function Follow({ it }) {
  const mine = me.value?.id ?? 0;
  const follows = it.follower_ids.includes(mine);
  const names = it.follower_ids.map((id) => (id === mine ? t("you") : agents.value.get(id)?.name)).filter((name) => name !== undefined);
  return html`<button type="button" class=${classes("property follow-button", follows && "on")} aria-pressed=${String(follows)} data-tip-keys="W"
    data-tip=${names.length ? t("followed-by", { names: list(/** @type {string[]} */ (names)) }) : t("follow")} onClick=${() => toggleFollow(it.id)}>
    <${Icon} name="eye" size=${15} /><span class="visually-hidden">${t("follow")}</span>
    ${it.follower_ids.length > 0 && html`<span class="number">${it.follower_ids.length}</span>`}</button>`;
}
