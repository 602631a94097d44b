import { say } from "../../../components/toast.js";
import { changeConversation, conversation, upsertConversation } from "../../../state/conversations.js";
import { hasDraft } from "../../../state/drafts.js";
import { runMacro } from "../../../state/replies.js";
import { deleteTask, tasks, upsertTasks } from "../../../state/tasks.js";
import { t } from "../../../words.js";
import { sayProblem, wayBack } from "../work.js";

/** Carry a macro out, say so, and offer the way back.
 * @param {import("../../../types.js").Macro} macro @param {number} conversationId
 * @param {(reply: import("../../../state/replies.js").Rendered) => void} take what to do with the words that it gives */
export async function carryOut(macro, conversationId, take) {
  try {
    const was = conversation(conversationId);
    const { conversation: is, reply, task } = await runMacro(macro.id, conversationId);
    upsertConversation(is);
    if (task) upsertTasks([task]);
    if (reply) take(reply);
    const back = was && wayBack(was, is);
    const undo = async () => {
      const held = task ? tasks.peek().get(task.id) : undefined;
      const changed = held !== undefined && held.version !== task?.version;
      const words = reply !== null && hasDraft(conversationId);
      try {
        if (back) await changeConversation(conversationId, back);
        if (held && !changed) await deleteTask(held.id);
        say({ text: t("macro-undone", { name: macro.name, stays: words && changed ? "both" : words ? "words" : changed ? "task" : "nothing" }) });
      } catch (problem) {
        sayProblem(problem);
      }
    };
    say({ text: t("macro-done", { name: macro.name }), ...(back || task ? { action: { label: t("undo"), run: () => void undo() } } : {}) });
  } catch (problem) {
    sayProblem(problem);
  }
}
