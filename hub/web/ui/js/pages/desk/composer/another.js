import { signal } from "@preact/signals";
import { changeDraft, draftOf } from "../../../state/drafts.js";
import { openConversation } from "../choice.js";
import { wishComposer } from "../commands.js";

/** Raised to open the list of addresses in the composer. */
export const destinationsOpen = signal(false);

/** The code of a message that came when only a template could be sent. */
const NEEDS_TEMPLATE = "needs_template";

/** Put what could not be delivered into the composer and let the agent choose another address.
 * @param {import("../../../types.js").Entry} entry */
export function sendAnotherWay(entry) {
  const draft = draftOf(entry.conversation_id);
  const text = draft.text.trim() ? `${draft.text}\n\n${entry.text}` : entry.text;
  changeDraft(entry.conversation_id, { mode: "reply", text, attachments: [...draft.attachments, ...entry.attachments], to: null, template: entry.delivery?.code === NEEDS_TEMPLATE ? { id: "", variables: {} } : null });
  openConversation(entry.conversation_id);
  wishComposer("reply");
  destinationsOpen.value = true;
}
