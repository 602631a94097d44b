import { useActions } from "../../../actions.js";
import { t } from "../../../words.js";
import { openJoin, openLink } from "./grouping.js";
import { openSide } from "./sidethread.js";
import { openTask } from "./task.js";

/** What can be begun for the customer who is looked at and the conversation that is open, by key and in the palette.
 * @param {number|null} customerId @param {number|null} conversationId */
export function useRelatedActions(customerId, conversationId) {
  const id = conversationId ?? 0;
  const withConversation = { group: t("group-work"), ready: conversationId !== null };
  useActions([
    { id: "task", group: t("group-work"), icon: "square-check", label: t("task-new"), keys: ["d"], ready: customerId !== null, run: () => openTask({ customerId: customerId ?? 0, conversationId }) },
    { id: "side", icon: "message-square-reply", label: t("side-start"), detail: t("side-row"), ...withConversation, run: () => openSide(id) },
    { id: "join", icon: "git-merge", label: t("join-title"), ...withConversation, run: () => openJoin(id) },
    { id: "link", icon: "link", label: t("link-title"), ...withConversation, run: () => openLink(id) },
  ]);
}
