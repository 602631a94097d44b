import { useEffect, useState } from "preact/hooks";
import { Button } from "../../components/button.js";
import { Empty } from "../../components/empty.js";
import { Sentinel } from "../../components/sentinel.js";
import { Skeleton } from "../../components/skeleton.js";
import { now, sameDay } from "../../format.js";
import { html } from "../../html.js";
import { me } from "../../state/session.js";
import { loadMine, loadTasks, mine, mineNext, tasks } from "../../state/tasks.js";
import { t } from "../../words.js";
import { TaskRow } from "../desk/customer/tasks.js";
import { TaskDialog } from "../desk/dialogs/task.js";
import { NotLoaded } from "../notloaded.js";

/** @typedef {import("../../types.js").Task} Task */

/** The groups in their order, and which tasks stand in each. @type {[string, (it: Task, ms: number) => boolean][]} */
const GROUPS = [
  ["late", (it, ms) => it.due_at !== null && Date.parse(it.due_at) <= ms],
  ["today", (it, ms) => it.due_at !== null && sameDay(it.due_at, new Date(ms).toISOString())],
  ["next", (it) => it.due_at !== null],
  ["undated", () => true],
];

/** Each task in the first group that it fits. @param {Task[]} all @param {number} ms */
function grouped(all, ms) {
  const groups = GROUPS.map(([name]) => ({ name, tasks: /** @type {Task[]} */ ([]) }));
  for (const it of all) groups[GROUPS.findIndex(([, fits]) => fits(it, ms))].tasks.push(it);
  return groups.filter((group) => group.tasks.length > 0);
}

/** All that I have to do, whoever it is for. */
export function TasksPage() {
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const next = mineNext.value;
  const load = async (/** @type {string|null} */ after) => {
    setBusy(true);
    setProblem(null);
    await loadMine(after).catch(setProblem);
    setBusy(false);
  };
  useEffect(() => {
    if (mineNext.peek() === undefined) void load(null);
  }, []);
  const all = mine.value;
  return html`
    <main class="admin" data-scroller>
      <div class="admin-page tasks-page">
        <header class="page-head"><div><h1>${t("my-tasks")}</h1><p class="muted">${t("my-tasks-text")}</p></div></header>
        ${problem && next === undefined
          ? html`<${NotLoaded} problem=${problem} onAgain=${() => load(null)} />`
          : next === undefined && all.length === 0
            ? html`<${Skeleton} kind="rows" count=${4} label=${t("loading")} />`
            : all.length === 0
              ? html`<${Empty} icon="circle-check" title=${t("my-tasks-none")} action=${html`<${Button} href="/">${t("go-desk")}<//>`}>${t("my-tasks-none-text")}<//>`
              : grouped(all, now.value).map((group) => html`<${Group} key=${group.name} ...${group} />`)}
        ${next && html`<${Sentinel} busy=${busy} label=${t("loading")} onReach=${() => load(next)} margin=${400} />`}
        ${next !== undefined && html`<${Done} />`}
      </div>
      <${TaskDialog} />
    </main>
  `;
}

/** @param {{name: string, tasks: Task[]}} props */
const Group = ({ name, tasks: own }) => html`<section aria-labelledby=${`tasks-${name}`}>
  <h2 id=${`tasks-${name}`} class=${`tasks-group ${name}`}>${t(`my-tasks-${name}`)} <span class="muted number">${own.length}</span></h2>
  <ul class="card tasks">${own.map((it) => html`<${TaskRow} key=${it.id} it=${it} whose />`)}</ul></section>`;

/** What I have done, folded until it is asked for; newest first. */
function Done() {
  const [open, setOpen] = useState(false);
  const [next, setNext] = useState(/** @type {string|null} */ (null));
  const [busy, setBusy] = useState(false);
  const load = async (/** @type {string|null} */ after) => {
    setBusy(true);
    setNext(await loadTasks({ assignee: "me", state: "done", after }).catch(() => after));
    setBusy(false);
  };
  const done = [...tasks.value.values()].filter((it) => it.assignee_id === me.value?.id && it.done_at);
  done.sort((a, b) => (/** @type {string} */ (b.done_at)).localeCompare(/** @type {string} */ (a.done_at)));
  const toggle = () => {
    if (!open) void load(null);
    setOpen(!open);
  };
  return html`
    <button type="button" class="link tasks-done" aria-expanded=${String(open)} onClick=${toggle}>${t(open ? "my-tasks-done-hide" : "my-tasks-done")}</button>
    ${open && done.length > 0 && html`<ul class="card tasks">${done.map((it) => html`<${TaskRow} key=${it.id} it=${it} whose />`)}</ul>`}
    ${open && done.length === 0 && (busy ? html`<${Skeleton} kind="rows" count=${2} label=${t("loading")} />` : html`<p class="muted">${t("my-tasks-done-none")}</p>`)}
    ${open && next && html`<${Sentinel} busy=${busy} label=${t("loading")} onReach=${() => load(next)} margin=${400} />`}
  `;
}
