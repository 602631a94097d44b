import { useRef } from "preact/hooks";
import { Button } from "../../../components/button.js";
import { Popover } from "../../../components/popover.js";
import { Tabs } from "../../../components/tabs.js";
import { html } from "../../../html.js";
import { COUNTED, views } from "../../../state/views.js";
import { t } from "../../../words.js";
import { chooseView, view, viewName } from "../choice.js";
import { viewsOpen } from "../commands.js";
import { columnShown, ViewsPanel } from "./pane.js";

/** The views that have a tab; the present one, when it is another, has the room of the last two: its name may be long. */
const TABBED = 4;

/** A count that is bounded. @param {number|null} n */
export const capped = (n) => (n !== null && n >= COUNTED ? `${COUNTED - 1}+` : n);

/** The first views as tabs, and the way to all of them. On a wide screen they stand in a column of their own. */
export function ViewTabs() {
  const anchor = useRef(/** @type {HTMLElement|null} */ (null));
  const first = views.value.slice(0, TABBED);
  const here = view.value;
  const shown = first.some((it) => it.id === here.id) ? first : [...first.slice(0, TABBED - 2), here];
  const close = () => void (viewsOpen.value = false);
  if (columnShown.value) {
    return html`<div class="list-title"><h2 class="truncate" dir="auto">${viewName(here)}</h2>
      ${here.count !== null && html`<span class="number muted">${capped(here.count)}</span>`}</div>`;
  }
  return html`
    <div class="view-tabs">
      <${Tabs} label=${t("views")} value=${here.id} onValue=${chooseView} controls="conversation-list" small
        items=${shown.map((it) => ({ value: it.id, label: viewName(it), count: capped(it.count) }))} />
      <${Button} elementRef=${anchor} kind="quiet" size="small" icon="layers" class="views-button" tip=${t("views-all")} keys="V"
        aria-haspopup="dialog" aria-expanded=${String(viewsOpen.value)} onClick=${() => (viewsOpen.value = !viewsOpen.value)} />
      <${Popover} open=${viewsOpen.value} anchor=${anchor} align="end" label=${t("views")} class="views-sheet sheet" onClose=${close}>
        <${ViewsPanel} onChosen=${close} focus />
      <//>
    </div>
  `;
}
