import { signal } from "@preact/signals";
import { markOf } from "../../components/channelmark.js";
import { go } from "../../router.js";
import { views } from "../../state/conversations.js";
import { t } from "../../words.js";

/** @typedef {import("../../state/conversations.js").ViewName} ViewName */

const remembered = /** @type {ViewName|null} */ (sessionStorage.getItem("view"));

/** Which list is shown. */
export const view = signal(/** @type {ViewName} */ (remembered && remembered in views ? remembered : "open"));
export const composingNew = signal(false);
/** The thread whose entries stand out while the others are dimmed. */
export const focusedThread = signal(/** @type {number|null} */ (null));

/** @param {ViewName} name */
export function chooseView(name) {
  view.value = name;
  sessionStorage.setItem("view", name);
}

/** @param {number} id */
export const openConversation = (id) => go(`/conversations/${id}`);

/** The conversation after or before this one in the list. @param {number|null} id @param {1|-1} step */
export function neighbour(id, step) {
  const ids = views[view.peek()].ids.peek();
  const at = id === null ? -1 : ids.indexOf(id);
  if (at < 0) return ids[0] ?? null;
  return ids[at + step] ?? null;
}

/** What a conversation is called: its subject; only mail has one, all else is called as its channel.
 * @param {{subject: string|null, channel: {kind: string, name: string}, identity: {kind: string}}} it */
export const subjectOf = (it) => it.subject || (markOf(it.channel.kind, it.identity.kind)[1] === "email" ? t("no-subject") : it.channel.name);

/** The rail's colour: the same conversation always has the same. @param {number} conversationId */
export const threadTint = (conversationId) => `thread-${(conversationId % 6) + 1}`;

/** Whether another thread stands out. @param {number} conversationId */
export const dims = (conversationId) => focusedThread.value !== null && focusedThread.value !== conversationId;
