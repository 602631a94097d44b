import { Button } from "../../../components/button.js";
import { Menu } from "../../../components/menu.js";
import { html } from "../../../html.js";
import { clearSelection, selectAll, selected } from "../../../state/bulk.js";
import { t } from "../../../words.js";
import { chooseSort, draft, sort } from "../choice.js";
import { filterOpen } from "../commands.js";

const SORTS = /** @type {const} */ (["activity", "waiting", "priority"]);

/** Tick all, the order, the filter. @param {{ids: number[]}} props */
export function ListTools({ ids }) {
  const ticked = selected.value.size;
  const all = ids.length > 0 && ids.every((id) => selected.value.has(id));
  const show = (/** @type {HTMLInputElement|null} */ box) => box && (box.indeterminate = ticked > 0 && !all);
  const items = SORTS.map((it) => ({ label: t(`sort-${it}`), checked: it === sort.value, onSelect: () => chooseSort(it) }));
  return html`
    <div class="list-tools">
      <label class="tick-all" data-tip=${t("key-tick-all")}><input ref=${show} type="checkbox" checked=${all} disabled=${ids.length === 0} aria-label=${t("key-tick-all")}
        onClick=${() => (ticked ? clearSelection() : selectAll(ids))} /></label>
      <${Menu} label=${t("sort")} items=${items} trigger=${(/** @type {any} */ a) => html`<${Button} ...${a} kind="quiet" size="small" icon="arrow-up-down"
        tip=${t("sort")} aria-label=${`${t("sort")}: ${t(`sort-${sort.value}`)}`}>${t(`sort-${sort.value}`)}<//>`} />
      <${Button} kind="quiet" size="small" icon="list-filter" class="push filter-button" pressed=${draft.value !== null} tip=${t("filter-tip")} keys="F"
        onClick=${() => (filterOpen.value = true)}>${t("filter")}<//>
    </div>
  `;
}
