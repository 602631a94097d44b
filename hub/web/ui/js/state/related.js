import { signal } from "@preact/signals";
import { get, post, postOnce, remove, withQuery } from "../api.js";
import { conversation, upsertConversations } from "./conversations.js";

/** @typedef {import("../types.js").Related} Related */

/** What belongs to conversations, by the one that leads. @type {import("@preact/signals").Signal<Map<number, Related>>} */
const held = signal(new Map());
const KEPT = 30;

/** The conversation that stands for this one: itself, unless it was joined to another. @param {number} id */
export const leaderOf = (id) => conversation(id)?.merged_into_id ?? id;

/** @param {number|null} id @returns {Related|undefined} */
export const relatedOf = (id) => (id === null ? undefined : held.value.get(leaderOf(id)));

/** @param {Related} it */
function keep(it) {
  upsertConversations(it.conversations);
  const next = new Map(held.peek());
  next.delete(it.id);
  next.set(it.id, it);
  for (const id of [...next.keys()].slice(0, -KEPT)) next.delete(id);
  held.value = next;
  return it;
}

let asked = 0;
/** Which question about which was the last: answers may overtake each other. @type {Map<number, number>} */
const lastAsked = new Map();

/** @param {number} id @returns {Promise<Related>} */
export async function loadRelated(id) {
  const turn = ++asked;
  lastAsked.set(id, turn);
  const it = await get(`/api/conversations/${id}/related`);
  return lastAsked.get(id) === turn ? keep(it) : it;
}

/** Something else belongs to a conversation now: read it again when we hold it. @param {number} id */
export async function relatedChanged(id) {
  if (held.peek().has(id) || held.peek().has(leaderOf(id))) await loadRelated(id).catch(() => undefined);
}

/** After a broken line: what was shown may be stale. */
export const forgetRelated = () => void (held.value = new Map());

/** @param {number} id @param {number} otherId */
export const joinConversations = async (id, otherId) => keep(await post(`/api/conversations/${id}/merge`, { other_id: otherId }));
/** @param {number} mergeId */
export const undoJoin = async (mergeId) => keep(await post(`/api/conversation-merges/${mergeId}/undo`));
/** @param {number} entryId @param {string|null} subject */
export const splitAt = async (entryId, subject) => keep(await post(`/api/entries/${entryId}/split`, { subject }));
/** @param {number} splitId */
export const undoSplit = async (splitId) => keep(await post(`/api/splits/${splitId}/undo`));
/** @param {number} id @param {number} otherId @param {'related'|'duplicate'|'causes'} kind */
export const linkConversations = async (id, otherId, kind) => keep(await post(`/api/conversations/${id}/links`, { other_id: otherId, kind }));
/** @param {number} linkId */
export const unlink = (linkId) => remove(`/api/links/${linkId}`);

/** Ask a third party; what is said stands on the customer's timeline too.
 * @param {number} id @param {{identity: {kind: string, address: string, name: string|null}, channel_id: number, subject?: string, text: string, attachment_ids?: number[]}} wanted */
export async function startSide(id, wanted) {
  const made = await postOnce(`/api/conversations/${id}/side-conversations`, wanted);
  upsertConversations([made.conversation]);
  return made;
}

/** The newest conversations of a customer. @param {number} customerId @param {number} [limit] */
export async function conversationsOf(customerId, limit = 50) {
  const { items } = await get(withQuery(`/api/customers/${customerId}/conversations`, { limit }));
  upsertConversations(items);
  return /** @type {import("../types.js").Conversation[]} */ (items);
}
