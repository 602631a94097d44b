import { useEffect } from "preact/hooks";
import { Banner } from "../../../components/banner.js";
import { Button } from "../../../components/button.js";
import { Empty } from "../../../components/empty.js";
import { Rows } from "../../../components/rows.js";
import { Skeleton } from "../../../components/skeleton.js";
import { classes, html } from "../../../html.js";
import { Soon } from "../../../soon.js";
import { rangeTo, selectAll, selected, selecting, toggle } from "../../../state/bulk.js";
import { channels } from "../../../state/channels.js";
import { isAdministrator } from "../../../state/session.js";
import { t } from "../../../words.js";
import { NotLoaded } from "../../notloaded.js";
import { chooseFilter, composingNew, draft, list, openConversation, view, viewName } from "../choice.js";
import { filterOpen, focusRow } from "../commands.js";
import { ViewTabs } from "../views/tabs.js";
import { Row, ROW } from "./row.js";
import { Search } from "./search.js";
import { ListTools } from "./tools.js";

/** The queue: the conversations of one view. @param {{current: number|null}} props */
export function ConversationList({ current }) {
  const shown = list.value;
  useEffect(() => shown.show(), [shown]);
  const ids = shown.ids.value;
  return html`
    <section class=${classes("pane pane-list", selecting.value && "selecting")} aria-label=${t("conversations")}>
      <h1 class="visually-hidden">${t("conversations")}</h1>
      <header class="pane-head list-head">
        <${Search} />
        <${Button} kind="quiet" icon="square-pen" tip=${t("new-message")} keys="C" onClick=${() => (composingNew.value = true)} />
      </header>
      <${ViewTabs} />
      <${ListTools} ids=${ids} />
      <${Soon} name="FilterBar" wanted=${filterOpen.value} key=${view.value.id} />
      <div class="list-body" id="conversation-list" role="tabpanel" aria-label=${viewName(view.value)}>${body(shown, ids, current)}</div>
      <${Soon} name="BulkBar" wanted=${selecting.value} shown=${shown} />
      <${Soon} name="ViewDialog" />
    </section>
  `;
}

/** @param {any} shown @param {number[]} ids @param {number|null} current */
function body(shown, ids, current) {
  if (!shown.loaded.value && shown.problem.value)
    return html`<${NotLoaded} problem=${shown.problem.value} onAgain=${() => shown.more()} />`;
  if (!shown.loaded.value) return html`<${Skeleton} kind="rows" count=${8} label=${t("loading")} />`;
  if (ids.length === 0 && shown.complete) return nothing();
  const here = (/** @type {Element|null} */ element) => Number(element?.closest("[data-row]")?.getAttribute("data-row")) || current;
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "a") {
      event.preventDefault();
      selectAll(ids);
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const from = here(/** @type {Element} */ (event.target));
    const next = ids[Math.max(0, Math.min(ids.length - 1, (from === null ? -1 : ids.indexOf(from)) + step))];
    if (next === undefined) return;
    if (event.shiftKey) {
      if (from !== null && !selected.peek().has(from)) toggle(from);
      rangeTo(next, ids);
    } else openConversation(next);
    focusRow(next);
  };
  const isShown = current !== null && ids.includes(current);
  return html`
    <div class="list-rows" onKeyDown=${onKeyDown}>
      <${Rows} ids=${ids} rowHeight=${ROW} current=${current} label=${t("conversations")}
        onEnd=${() => shown.loaded.peek() && shown.next !== null && shown.more()}
        render=${(/** @type {number} */ id, /** @type {number} */ index) => html`<${Row} id=${id} chosen=${id === current}
          stop=${isShown ? id === current : index === 0} />`}
        footer=${shown.problem.value
          ? html`<${Banner} tone="danger" title=${t("load-failed")} actions=${html`<${Button} size="small" onClick=${() => shown.more()}>
            ${t("try-again")}<//>`} />`
          : shown.loading.value && html`<div class="sentinel"><span class="spinner" role="status" aria-label=${t("loading")}></span>
            </div>`} />
    </div>
  `;
}

/** Nothing there: why, and what to do. */
function nothing() {
  if (draft.value)
    return html`<${Empty} icon="list-filter" title=${t("empty-filter")} action=${html`<${Button} icon="x"
      onClick=${() => chooseFilter(view.peek().filter)}>${t("filter-clear")}<//>`}>${t("empty-filter-text")}<//>`;
  if (isAdministrator.value && channels.value?.size === 0)
    return html`<${Empty} icon="mail" title=${t("channels-empty")}
      action=${html`<${Button} kind="primary" icon="plus" href="/admin/channels/new">${t("channel-add")}<//>`}>${t("channels-empty-text")}<//>`;
  const { id } = view.value;
  const words = id.startsWith("team:") ? "team" : id.startsWith("v") ? "saved" : id;
  return html`<${Empty} icon=${id === "resolved" ? "archive" : id === "snoozed" ? "alarm-clock" : id === "following" ? "eye" : "circle-check"}
    title=${t(`empty-${words}`)}>${t(`empty-${words}-text`)}<//>`;
}
