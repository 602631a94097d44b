import { useEffect, useState } from "preact/hooks";
import { Avatar } from "../../../components/avatar.js";
import { Button } from "../../../components/button.js";
import { Icon } from "../../../components/icon.js";
import { Menu } from "../../../components/menu.js";
import { say } from "../../../components/toast.js";
import { full, now, shortMoment, time } from "../../../format.js";
import { classes, html } from "../../../html.js";
import { agents, me } from "../../../state/session.js";
import { addTask, changeTask, deleteTask, loadTasks, tasksOf } from "../../../state/tasks.js";
import { t } from "../../../words.js";
import { dims, threadTint } from "../choice.js";
import { sayProblem } from "../commands.js";
import { openTask } from "../dialogs/task.js";
import { Section } from "./section.js";

/** @typedef {import("../../../types.js").Task} Task */

/** How many of those that are done can be looked at here. */
const DONE = 5;

/** What somebody has to do for the customer, the next first. @param {{customerId: number, conversationId: number|null}} props */
export function Tasks({ customerId, conversationId }) {
  const [showDone, setShowDone] = useState(false);
  useEffect(() => {
    loadTasks({ customer: customerId, state: "all" }).catch(() => undefined);
  }, [customerId]);
  const { open, done } = tasksOf(customerId);
  const add = html`<${Button} kind="quiet" size="small" icon="plus" tip=${t("task-new")} onClick=${() => openTask({ customerId, conversationId })} />`;
  return html`
    <${Section} name="tasks" title=${t("tasks")} count=${open.length} action=${add} folded=${false}>
      ${open.length > 0 ? html`<ul class="tasks">${open.map((it) => html`<${TaskRow} key=${it.id} it=${it} />`)}</ul>`
        : html`<p class="side-empty">${t("tasks-none")}</p>`}
      ${done.length > 0 && html`<button type="button" class="link side-more" aria-expanded=${String(showDone)} onClick=${() => setShowDone(!showDone)}>
        ${t("tasks-done", { n: done.length })}</button>`}
      ${showDone && html`<ul class="tasks">${done.slice(0, DONE).map((it) => html`<${TaskRow} key=${it.id} it=${it} />`)}</ul>`}
    <//>
  `;
}

/** `whose`: says for whom it is, and leads there. @param {{it: Task, whose?: boolean}} props */
export function TaskRow({ it, whose = false }) {
  const done = it.done_at !== null;
  const late = !done && it.due_at !== null && Date.parse(it.due_at) < now.value;
  const who = it.assignee_id === null ? null : agents.value.get(it.assignee_id);
  const toggle = () => void changeTask(it.id, { done: !done }).then(() => !done && say({ text: t("task-done-toast"), action: { label: t("undo"), run: () => void changeTask(it.id, { done: false }).catch(sayProblem) } })).catch(sayProblem);
  const remove = async () => {
    try {
      await deleteTask(it.id);
      const whose = it.entry_id ? { entry_id: it.entry_id } : it.conversation_id ? { conversation_id: it.conversation_id } : { customer_id: it.customer.id };
      const again = () => void addTask({ text: it.text, due_at: it.due_at, assignee_id: it.assignee_id, ...whose }).catch(sayProblem);
      say({ text: t("task-deleted-toast"), action: { label: t("undo"), run: again } });
    } catch (problem) {
      sayProblem(problem);
    }
  };
  const items = [
    { label: t("task-change"), icon: "pencil", onSelect: () => openTask({ task: it }) },
    ...(it.conversation_id ? [{ label: t("task-where"), icon: "history", href: `/conversations/${it.conversation_id}` }] : []),
    { divider: true, label: "" },
    { label: t("task-delete"), icon: "trash-2", danger: true, onSelect: () => void remove() },
  ];
  return html`
    <li class=${classes("task", done && "done")}>
      <input type="checkbox" class="checkbox" checked=${done} aria-label=${t("task-mark", { text: it.text })} onChange=${toggle} />
      <button type="button" class="task-main" onClick=${() => openTask({ task: it })}>
        <span class="task-text" dir="auto">${it.text}</span>
        ${it.due_at && html`<span class=${classes("task-due number", late && "late")} data-tip=${full(it.due_at)}>
          <${Icon} name=${late ? "circle-alert" : "calendar"} size=${12} />${late ? t("task-late", { when: shortMoment(Date.parse(it.due_at)) }) : shortMoment(Date.parse(it.due_at))}</span>`}
      </button>
      ${whose && html`<a class="task-whose link truncate" dir="auto" href=${it.conversation_id ? `/conversations/${it.conversation_id}` : `/c/${it.customer.id}`}><bdi>${it.customer.name || t("task-where")}</bdi></a>`}
      ${who && !whose && html`<${Avatar} name=${who.name} letters=${who.initials} size="tiny" tip=${who.id === me.value?.id ? t("task-mine") : t("task-of", { name: who.name })} />`}
      <${Menu} label=${t("actions-for", { name: it.text })} items=${items} align="end" trigger=${(/** @type {any} */ attributes) => html`<${Button} ...${attributes}
        kind="quiet" size="small" icon="ellipsis" class="task-menu" tip=${t("actions-for", { name: it.text })} />`} />
    </li>
  `;
}

/** That a task was written down or done, as one quiet line of the timeline. @param {{entry: import("../../../types.js").Entry}} props */
export function TaskLine({ entry }) {
  const { author, data } = entry;
  const mine = author.type === "agent" && author.id === me.value?.id;
  const actor = mine ? t("you") : author.name || t(`author-${author.type}`);
  const assignee = data.assignee_id == null ? "" : data.assignee_id === me.value?.id ? t("you-object") : (agents.value.get(data.assignee_id)?.name ?? "");
  const type = data.type === "done" || data.type === "reopened" ? data.type : "added";
  return html`
    <div class=${classes("event", threadTint(entry.conversation_id), dims(entry.conversation_id) && "dimmed")} data-entry=${entry.id}>
      <${Icon} name=${type === "done" ? "square-check" : "square"} size=${14} />
      <span>${t(`task-line-${type}`, { actor, mine: mine ? "yes" : "no", text: entry.text, assignee: assignee || "none", self: data.assignee_id != null && data.assignee_id === author.id ? "yes" : "no" })}</span>
      <time datetime=${entry.occurred_at} data-tip=${full(entry.occurred_at)}>${time(entry.occurred_at)}</time>
    </div>
  `;
}
