import { useLayoutEffect, useState } from "preact/hooks";
import { Button } from "../../../components/button.js";
import { Icon } from "../../../components/icon.js";
import { Menu } from "../../../components/menu.js";
import { classes, html } from "../../../html.js";
import { useKeys } from "../../../keys.js";
import { changeView, mayChange } from "../../../state/views.js";
import { t } from "../../../words.js";
import { chooseFilter, draft, sort, view } from "../choice.js";
import { filterOpen } from "../commands.js";
import { editView } from "../views/dialog.js";
import { sayProblem } from "../work.js";
import { filterFields, freshCondition, isComplete, opWords, valueWords } from "./fields.js";
import { FilterValue } from "./value.js";

/** @typedef {import("../../../types.js").Condition} Condition */
/** @typedef {import("./fields.js").FilterField} FilterField */

/** What the list is narrowed to, condition by condition. It is made from the view that is shown, and can be kept as one. */
export function FilterBar() {
  const [rows, setRows] = useState(/** @type {Condition[]} */ (draft.peek()?.all ?? view.peek().filter.all));
  const [fresh, setFresh] = useState(/** @type {number|null} */ (null));
  const [kept, setKept] = useState(false);
  const asked = filterOpen.value;
  const known = filterFields();

  useLayoutEffect(() => {
    if (asked) setKept(true);
  }, [asked]);
  useLayoutEffect(() => {
    // somebody else has taken the filter back
    if (draft.value === null && fresh === null) setRows(view.peek().filter.all);
  }, [draft.value]);

  if (!asked && !kept && draft.value === null) return null;
  const change = (/** @type {Condition[]} */ next) => {
    setRows(next);
    chooseFilter({ all: next.filter(isComplete) });
  };
  const add = (/** @type {FilterField} */ field) => {
    setFresh(rows.length);
    change([...rows, freshCondition(field)]);
  };
  const clear = () => {
    setFresh(null);
    setKept(false);
    change(view.peek().filter.all);
  };
  const groups = [...new Set(known.map((it) => it.group))];
  const items = groups.flatMap((group) => [
    ...(groups.length > 1 ? [{ heading: group, label: "" }] : []),
    ...known.filter((it) => it.group === group).map((it) => ({ label: it.label, icon: it.icon, onSelect: () => add(it) })),
  ]);
  const now = { filter: { all: rows.filter(isComplete) }, sort: sort.value };
  const save = () => void changeView(view.peek().id, now).then(clearDraft, sayProblem);
  const clearDraft = () => void (draft.value = null);
  return html`
    <div class="filter-bar" role="group" aria-label=${t("filter")}>
      ${draft.value === null && html`<${LeftByEscape} onLeave=${clear} />`}
      ${rows.map((it, at) => html`<${Chip} key=${at} it=${it} known=${known} opens=${fresh === at} onOpened=${() => setFresh(null)}
        onChange=${(/** @type {Condition} */ next) => change(rows.map((other, i) => (i === at ? next : other)))}
        onRemove=${() => change(rows.filter((_, i) => i !== at))} />`)}
      <${Menu} label=${t("filter-add")} items=${items} filter=${t("filter-find")} empty=${t("nothing-found")} openSignal=${filterOpen} class="filter-menu"
        trigger=${(/** @type {any} */ a) => html`<${Button} ...${a} kind="quiet" size="small" icon="plus" class="filter-add">${t("filter-add")}<//>`} />
      <div class="filter-keep">
        ${draft.value !== null && mayChange(view.value) && html`<${Button} size="small" onClick=${save}>${t("view-update")}<//>`}
        ${draft.value !== null && html`<${Button} size="small" icon="bookmark" onClick=${() => editView({ id: null, name: "", icon: "", shared: false, ...now })}>${t("view-save")}<//>`}
        <${Button} kind="quiet" size="small" class="push" onClick=${clear}>${t(draft.value ? "filter-clear" : "close")}<//></div>
    </div>
  `;
}

/** Mounted with the bar, so that its key is asked for before those of the page. @param {{onLeave: () => void}} props */
function LeftByEscape({ onLeave }) {
  const leave = () => {
    const inside = document.activeElement?.closest(".filter-bar");
    onLeave();
    if (inside) /** @type {HTMLElement|null} */ (document.querySelector(".filter-button"))?.focus();
  };
  useKeys({ Escape: leave });
  return null;
}

/** @param {{it: Condition, known: FilterField[], opens: boolean, onOpened: () => void, onChange: (next: Condition) => void, onRemove: () => void}} props */
function Chip({ it, known, opens, onOpened, onChange, onRemove }) {
  const field = known.find((one) => one.field === it.field);
  const label = field?.label ?? t("filter-gone");
  const words = field ? valueWords(field, it.value) : "";
  const ops = field?.ops.map((op) => ({ label: opWords(field, op), checked: op === it.op, onSelect: () => onChange({ ...it, op }) })) ?? [];
  const part = (/** @type {any} */ content, /** @type {string} */ name) => (/** @type {any} */ { elementRef, ...a }) =>
    html`<button ref=${elementRef} type="button" class="chip-part" ...${a} aria-label=${name}>${content}</button>`;
  return html`
    <div class=${classes("chip", !isComplete(it) && "incomplete")} role="group" aria-label=${`${label}: ${words}`}>
      <span class="chip-field">${field && html`<${Icon} name=${field.icon} size=${13} />`}<span class="truncate">${label}</span></span>
      ${field && (ops.length > 1
        ? html`<${Menu} label=${t("filter-how", { field: label })} items=${ops} trigger=${part(opWords(field, it.op), `${label}: ${opWords(field, it.op)}`)} />`
        : html`<span class="chip-op">${opWords(field, it.op)}</span>`)}
      ${field && html`<${FilterValue} field=${field} value=${it.value} opens=${opens} onOpened=${onOpened} onValue=${(/** @type {any} */ value) => onChange({ ...it, value })}
        trigger=${part(html`<span class="truncate">${words}</span>`, `${label}: ${words}`)} />`}
      <button type="button" class="chip-part chip-remove" aria-label=${t("filter-remove", { field: label })} onClick=${onRemove}><${Icon} name="x" size=${13} /></button>
    </div>
  `;
}
