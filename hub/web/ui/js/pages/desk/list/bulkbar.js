import { Button } from "../../../components/button.js";
import { Icon } from "../../../components/icon.js";
import { Menu } from "../../../components/menu.js";
import { number } from "../../../format.js";
import { html } from "../../../html.js";
import { clearSelection, running, selectAll, selected, whole } from "../../../state/bulk.js";
import { conversation } from "../../../state/conversations.js";
import { COUNTED } from "../../../state/views.js";
import { t } from "../../../words.js";
import { draft, filter, view, viewName } from "../choice.js";
import { assignItems, labelItems, newLabelItems, priorityItems, snoozeItems, teamItems } from "../menuitems.js";
import { bulkMenus, changeTicked } from "../work.js";

/** @typedef {import("../../../types.js").Change} Change */

/** What can be done to all that is ticked, and how far it has come. @param {{shown: any}} props */
export function BulkBar({ shown }) {
  const ticked = selected.value.size;
  return html`
    ${running.value.map((it) => html`<div key=${it.id} class="bulk-progress" role="status"><span class="spinner" aria-hidden="true"></span>
      <span>${t("bulk-running", { done: number(it.done), total: number(it.total) })}</span>
      <progress max=${it.total} value=${it.done} aria-label=${t("bulk-progress")}></progress></div>`)}
    ${ticked > 0 && html`<${Bar} shown=${shown} ticked=${ticked} />`}
  `;
}

/** @param {{shown: any, ticked: number}} props */
function Bar({ shown, ticked }) {
  const change = (/** @type {Change} */ wanted) => void changeTicked(wanted);
  const more = !whole.value && !shown.complete && shown.ids.value.every((/** @type {number} */ id) => selected.value.has(id));
  const count = draft.value ? null : view.value.count;
  const total = count === null ? null : count >= COUNTED ? `${COUNTED - 1}+` : number(count);
  const menu = (/** @type {keyof typeof bulkMenus} */ name, /** @type {string} */ icon, /** @type {string} */ keys, /** @type {any[]} */ items, /** @type {any} */ rest = {}) =>
    html`<${Menu} label=${t(name)} items=${items} side="above" openSignal=${bulkMenus[name]} ...${rest}
      trigger=${(/** @type {any} */ a) => html`<${Button} ...${a} kind="quiet" icon=${icon} tip=${t(name)} keys=${keys} />`} />`;
  const held = [...selected.value].map((id) => conversation(id)).filter((it) => it !== undefined);
  const all = (/** @type {number} */ id) => !whole.value && held.length === ticked && held.every((it) => it.label_ids.includes(id));
  const label = (/** @type {number} */ id, /** @type {boolean} */ on) => change(on ? { label_ids_add: [id] } : { label_ids_remove: [id] });
  const labels = labelItems(all, label).map(({ stay, checked, ...it }) => ({ ...it, end: checked ? html`<${Icon} name="check" size=${14} label=${t("label-on-all")} />` : null }));
  return html`
    <div class="bulk-bar" role="toolbar" aria-label=${t("bulk-actions")}>
      <p class="bulk-what"><strong class="number" role="status">${whole.value ? t("bulk-whole", { view: draft.value ? t("filter") : viewName(view.value) }) : t("bulk-ticked", { n: ticked, count: number(ticked) })}</strong>
        ${more && html`<button type="button" class="link" onClick=${() => selectAll(shown.ids.peek(), filter.peek())}>
          ${total === null ? t("bulk-take-whole") : t("bulk-take-all", { count: total })}</button>`}
        <${Button} kind="quiet" size="small" icon="x" class="push" tip=${t("bulk-clear")} keys="Esc" onClick=${clearSelection} /></p>
      <div class="bulk-tools">
        ${menu("assign", "user-round", "A", assignItems(undefined, (assignee_id) => change({ assignee_id })), { filter: t("assign-filter"), empty: t("assign-unknown") })}
        ${menu("team", "users", "T", teamItems(undefined, (team_id) => change({ team_id })))}
        ${menu("labels", "tag", "L", labels, { filter: t("label-find"), empty: t("labels-none"), extra: (/** @type {string} */ name) => newLabelItems(name, (id) => label(id, true)) })}
        ${menu("priority", "flag", "P", priorityItems(null, (priority) => change({ priority })))}
        ${menu("snooze", "alarm-clock", "S", snoozeItems(null, (snooze) => change({ snooze })), { class: "snooze-menu" })}
        <${Button} icon="check" class="push" tip=${t("resolve")} keys="E" onClick=${() => change({ state: "resolved" })}>${t("resolve")}<//>
      </div>
    </div>
  `;
}
