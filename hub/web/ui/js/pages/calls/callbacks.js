import { useEffect, useState } from "preact/hooks";
import { useActions } from "../../actions.js";
import { Button } from "../../components/button.js";
import { Empty } from "../../components/empty.js";
import { Select } from "../../components/select.js";
import { Sentinel } from "../../components/sentinel.js";
import { Skeleton } from "../../components/skeleton.js";
import { Tabs } from "../../components/tabs.js";
import { number, span } from "../../format.js";
import { html } from "../../html.js";
import { go, route } from "../../router.js";
import { callbacks, isEnded, listShown, loadCallback, queues, readCallbacks } from "../../state/callbacks.js";
import { isAdministrator } from "../../state/session.js";
import { t } from "../../words.js";
import { NotLoaded } from "../notloaded.js";
import { AskDialog } from "./askdialog.js";
import { CallbackRow } from "./callbackrow.js";

/** @typedef {import("../../types.js").Callback} Callback */
/** @typedef {import("../../state/callbacks.js").CallbackView} View */

/** Those who are being called, then those whose turn is next; what has ended, the newest first. @param {Callback} a @param {Callback} b */
const inTurn = (a, b) => Number(a.place !== null) - Number(b.place !== null) || (a.place ?? 0) - (b.place ?? 0) || (a.due_at ?? "").localeCompare(b.due_at ?? "") || a.id - b.id;
/** @param {Callback} a @param {Callback} b */
const newest = (a, b) => (b.ended_at ?? "").localeCompare(a.ended_at ?? "") || b.id - a.id;

/** Customers who want to be called: who is next, when, and what can be done. */
export function CallbacksPage() {
  const { id, query } = route.value;
  const queue = Number(query.get("queue")) || null;
  const view = /** @type {View} */ (query.get("view") === "ended" ? "ended" : "open");
  const [state, setState] = useState({ loaded: false, next: /** @type {string|null} */ (null), problem: /** @type {any} */ (null), busy: false });
  const [asking, setAsking] = useState(false);
  const load = async (/** @type {string|null} */ after) => {
    setState((held) => ({ ...held, busy: true, problem: null }));
    try {
      const next = await readCallbacks({ view, queue, after });
      setState({ loaded: true, next, problem: null, busy: false });
    } catch (problem) {
      setState((held) => ({ ...held, problem, busy: false }));
    }
  };
  useEffect(() => {
    setState({ loaded: false, next: null, problem: null, busy: false });
    void load(null);
  }, [view, queue]);
  useEffect(() => {
    if (id !== null) void loadCallback(id).catch(() => undefined);
  }, [id]);
  useEffect(() => {
    listShown.value = true;
    return () => void (listShown.value = false);
  }, []);
  useActions([{ id: "new-callback", group: t("group-work"), icon: "phone", label: t("callback-ask"), keys: ["c"], run: () => setAsking(true) }]);
  const to = (/** @type {{view?: View, queue?: number|null}} */ change) => {
    const next = { view, queue, ...change };
    const words = new URLSearchParams();
    if (next.view === "ended") words.set("view", "ended");
    if (next.queue) words.set("queue", String(next.queue));
    go(`/callbacks${words.size ? `?${words}` : ""}`);
  };
  const shown = [...callbacks.value.values()]
    .filter((it) => (isEnded(it) === (view === "ended") && (queue === null || it.queue.id === queue)) || it.id === id)
    .sort(view === "ended" ? newest : inTurn);
  const chosen = queues.value.find((it) => it.id === queue);
  const ask = html`<${Button} kind="primary" icon="plus" onClick=${() => setAsking(true)}>${t("callback-ask")}<//>`;
  return html`
    <main class="admin" data-scroller>
      <div class="admin-page callbacks-page">
        <header class="page-head"><div><h1>${t("callbacks")}</h1><p class="muted">${t("callbacks-text")}</p></div>
          ${queues.value.length > 0 && ask}</header>
        ${queues.value.length === 0
          ? html`<${Empty} icon="calendar-clock" title=${t("queues-empty")} action=${isAdministrator.value && html`<${Button}
            kind="primary" href="/admin/callback-queues/new">${t("queue-add")}<//>`}>
            ${t(isAdministrator.value ? "queues-empty-text" : "queues-empty-agent")}<//>`
          : html`
            <div class="callbacks-tools">
              <${Tabs} label=${t("callbacks-view")} value=${view} onValue=${(/** @type {View} */ it) => to({ view: it })}
                items=${[{ value: "open", label: t("callbacks-open") }, { value: "ended", label: t("callbacks-ended") }]} />
              ${queues.value.length > 1 && html`<${Select} label=${t("queue")} value=${queue}
                options=${[{ value: null, label: t("queue-all") }, ...queues.value.map((it) => ({ value: it.id, label: it.name }))]}
                onValue=${(/** @type {number|null} */ it) => to({ queue: it })} />`}
            </div>
            ${view === "open" && (chosen ? [chosen] : queues.value).map((it) => html`<${QueueNow} key=${it.id} queue=${it} alone=${queues.value.length === 1} />`)}
            ${state.problem && !state.loaded
              ? html`<${NotLoaded} problem=${state.problem} onAgain=${() => load(null)} />`
              : !state.loaded
                ? html`<${Skeleton} kind="rows" count=${4} label=${t("loading")} />`
                : shown.length === 0
                  ? html`<${Empty} icon="circle-check" title=${t(`callbacks-none-${view}`)}>${t(`callbacks-none-${view}-text`)}<//>`
                  : html`<ul class="card callback-list">${shown.map((it) => html`<${CallbackRow} key=${it.id} it=${it} chosen=${it.id === id} />`)}</ul>`}
            ${state.loaded && state.next && html`<${Sentinel} busy=${state.busy} label=${t("loading")} onReach=${() => load(state.next)} margin=${400} />`}`}
      </div>
      <${AskDialog} open=${asking} onClose=${() => setAsking(false)} />
    </main>
  `;
}

/** How a queue is at this moment. @param {{queue: import("../../types.js").CallbackQueue, alone: boolean}} props */
function QueueNow({ queue, alone }) {
  const { now } = queue;
  const facts = [
    queue.state === "paused" ? t("queue-paused") : now.open ? t("hours-open") : t("hours-closed"),
    t("queue-waiting", { n: now.waiting, count: number(now.waiting) }),
    now.calling > 0 && t("queue-calling", { n: now.calling, count: number(now.calling) }),
    t("queue-agents", { n: now.agents, count: number(now.agents) }),
    now.expected_wait !== null && t("queue-expected", { time: span(now.expected_wait * 1000) }),
  ].filter(Boolean);
  return html`<p class="queue-now"><span class=${`queue-dot ${queue.state === "active" && now.open ? "open" : ""}`}></span>
    ${!alone && html`<strong>${queue.name}</strong>`}
    ${facts.map((fact, at) => html`<span key=${at} class="muted">${fact}</span>`)}</p>`;
}
