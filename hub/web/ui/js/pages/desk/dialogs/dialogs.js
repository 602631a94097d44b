import { html } from "../../../html.js";
import { composingNew } from "../choice.js";
import { GroupingDialog } from "./grouping.js";
import { NewMessage } from "./newmessage.js";
import { useRelatedActions } from "./relatedactions.js";
import { SideDialog } from "./sidethread.js";
import { TaskDialog } from "./task.js";

/** What can be begun beside the timeline, and the dialogs for it. @param {{customerId: number|null, conversationId: number|null}} props */
export function Dialogs({ customerId, conversationId }) {
  useRelatedActions(customerId, conversationId);
  return html`<${TaskDialog} /><${GroupingDialog} /><${SideDialog} /><${NewMessage} openSignal=${composingNew} />`;
}
