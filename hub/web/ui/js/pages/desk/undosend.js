import { back } from "../../router.js";
import { conversation } from "../../state/conversations.js";
import { dropDraft } from "../../state/drafts.js";
import { scheduled, takeBack } from "../../state/scheduled.js";
import { composingNew, takenBack } from "./choice.js";
import { sayProblem, wishComposer } from "./commands.js";

/** A held message does not go out: its words stand again where they were written, in the composer or, where it was the
 * first of its conversation, in the dialog of a new message. @param {number} id */
export async function undoSend(id) {
  const conversationId = scheduled(id)?.conversation_id ?? 0;
  const first = conversation(conversationId)?.entry_count === 0;
  try {
    const taken = await takeBack(id);
    if (!first) return wishComposer("reply");
    dropDraft(conversationId);
    takenBack.value = taken;
    composingNew.value = true;
    back("/");
  } catch (problem) {
    sayProblem(problem);
  }
}
