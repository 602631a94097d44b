import { signal } from "@preact/signals";
import { useLayoutEffect, useState } from "preact/hooks";
import { Banner } from "../../../components/banner.js";
import { Button } from "../../../components/button.js";
import { DateTime } from "../../../components/datetime.js";
import { Dialog } from "../../../components/dialog.js";
import { TextField } from "../../../components/field.js";
import { Select } from "../../../components/select.js";
import { say } from "../../../components/toast.js";
import { html } from "../../../html.js";
import { activeAgents, me } from "../../../state/session.js";
import { addTask, changeTask } from "../../../state/tasks.js";
import { t } from "../../../words.js";

/** @typedef {import("../../../types.js").Task} Task */
/** @typedef {{task?: Task, customerId?: number, conversationId?: number|null, entryId?: number, text?: string}} Start */

/** What the dialog is open for; null: closed. */
const asked = signal(/** @type {Start|null} */ (null));

/** Write a task down, or change one. An entry or a conversation says whose it is; `text` stands in the field at first.
 * @param {Start} start */
export const openTask = (start) => void (asked.value = start);

/** A task that came from an entry of the timeline. @param {import("../../../types.js").Entry} entry */
export const taskFrom = (entry) => openTask({ entryId: entry.id, text: entry.text.split("\n")[0].trim().slice(0, 120) });

const EMPTY = { text: "", due_at: /** @type {string|null} */ (null), assignee_id: /** @type {number|null} */ (null) };

/** Mounted once on the desk. */
export function TaskDialog() {
  const start = asked.value;
  const [form, setForm] = useState(EMPTY);
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const close = () => void (asked.value = null);
  useLayoutEffect(() => {
    if (!start) return;
    setProblem(null);
    setForm({ text: start.task?.text ?? start.text ?? "", due_at: start.task?.due_at ?? null, assignee_id: start.task ? start.task.assignee_id : (me.peek()?.id ?? null) });
  }, [start]);
  const set = (/** @type {string} */ name) => (/** @type {any} */ value) => setForm((held) => ({ ...held, [name]: value }));
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!start || !form.text.trim()) return;
    setBusy(true);
    setProblem(null);
    try {
      const wanted = { ...form, text: form.text.trim() };
      if (start.task) await changeTask(start.task.id, wanted);
      else {
        const whose = start.entryId ? { entry_id: start.entryId } : start.conversationId ? { conversation_id: start.conversationId } : { customer_id: start.customerId };
        await addTask({ ...wanted, ...whose });
        say({ text: t("task-added-toast") });
      }
      close();
    } catch (failure) {
      setProblem(failure);
    } finally {
      setBusy(false);
    }
  };
  const whoever = activeAgents.value.map((it) => ({ value: it.id, label: it.id === me.value?.id ? t("assign-me", { name: it.name }) : it.name }));
  return html`
    <${Dialog} open=${start !== null} title=${t(start?.task ? "task-change" : "task-new")} closeLabel=${t("close")} onClose=${close}
      footer=${html`<${Button} onClick=${close}>${t("cancel")}<//><${Button} kind="primary" type="submit" form="task" icon="check" busy=${busy}
        disabled=${!form.text.trim()}>${t(start?.task ? "save" : "task-add")}<//>`}>
      <form id="task" class="form" onSubmit=${save}>
        ${problem && html`<${Banner} tone="danger" live>${problem.message || t("change-failed")}<//>`}
        <${TextField} label=${t("task-text")} value=${form.text} onValue=${set("text")} maxlength="2000" required autofocus autocomplete="off" dir="auto" />
        <${DateTime} label=${t("task-due")} value=${form.due_at} onValue=${set("due_at")} />
        <${Select} label=${t("task-assignee")} value=${form.assignee_id} onValue=${set("assignee_id")}
          options=${[{ value: null, label: t("assign-nobody") }, ...whoever]} />
      </form>
    <//>
  `;
}
