import { batch, signal } from "@preact/signals";
import { get, patch, post } from "../api.js";
import { me } from "./session.js";

/** @typedef {import("../types.js").Conversation} Conversation */
/** @typedef {import("../types.js").Change} Change */
/** @typedef {import("@preact/signals").Signal<Conversation>} Cell */
/** @typedef {{before: Conversation|undefined, next: Conversation, guessed?: boolean}} Changed guessed: nobody has said whether I have read it */

/** One signal for each conversation, so that a change draws one row again and not the list.
 * @type {Map<number, Cell>} */
const cells = new Map();
/** Rises when a conversation is first heard of, for those who wait for it. */
const arrived = signal(0);

/** The conversation that the agent looks at: its new entries are not news. */
export const watched = signal(/** @type {number|null} */ (null));

/** @type {((changed: Changed[]) => void)[]} */
const listeners = [];
/** Be told of every conversation that is new or another now. @param {(changed: Changed[]) => void} listener */
export const whenChanged = (listener) => void listeners.push(listener);

/** @param {number} id */
export const valueOf = (id) => cells.get(id)?.peek();

/** The conversation as it is now, or undefined while it is unknown. Reading it in a component subscribes to it.
 * @param {number|null|undefined} id @returns {Conversation|undefined} */
export function conversation(id) {
  const cell = id == null ? undefined : cells.get(id);
  if (!cell) void arrived.value;
  return cell?.value;
}

/** Take in conversations from a snapshot or events; an older version than the one held is left out.
 * @param {Conversation[]} all */
export function upsertConversations(all) {
  const changed = [];
  const guessed = new Set();
  for (const next of all) {
    const held = valueOf(next.id);
    if (held && next.version < held.version) continue;
    changed.push({ ...next, unread: next.unread ?? unreadAfter(held, next) });
    // of one that is new to everybody it is plain
    if (!held && next.unread === undefined && next.entry_count > 1) guessed.add(next.id);
  }
  put(changed, guessed);
}

/** @param {Conversation} next */
export const upsertConversation = (next) => upsertConversations([next]);

/** @param {Conversation[]} all @param {Set<number>} [guessed] */
function put(all, guessed) {
  batch(() => {
    const changed = all.map((next) => {
      const cell = cells.get(next.id);
      const before = cell?.peek();
      if (cell) cell.value = next;
      else {
        cells.set(next.id, signal(next));
        arrived.value += 1;
      }
      return { before, next, guessed: guessed?.has(next.id) };
    });
    for (const listener of listeners) listener(changed);
  });
}

/** An event does not say whether I have read it: news is a newer word from the customer, or from a third party who was asked,
 * that I am not looking at.
 * @param {Conversation|undefined} held @param {Conversation} next */
function unreadAfter(held, next) {
  if (watched.peek() === next.id && document.visibilityState === "visible") return false;
  if (next.side_answer_id > (held ? held.side_answer_id : next.last_entry_id - 1)) return true;
  if (held && held.last_entry_at === next.last_entry_at) return held.unread;
  return next.last_direction === "in" || (held?.unread ?? false);
}

/** @param {number} id */
export async function loadConversation(id) {
  upsertConversation(await get(`/api/conversations/${id}`));
  return /** @type {Conversation} */ (valueOf(id));
}

/** Fetch a conversation once if it is unknown. @param {number} id */
export function wantConversation(id) {
  if (cells.has(id) || wanted.has(id)) return;
  wanted.add(id);
  loadConversation(id).catch(() => wanted.delete(id));
}
const wanted = new Set();
/** What was asked for and did not come may be asked for again. */
export const wantAgain = () => wanted.clear();

/** What a conversation is after a change. @param {Conversation} it @param {Change} change @returns {Conversation} */
export function changed(it, { snooze, label_ids_add: add = [], label_ids_remove: drop = [], follow, fields, ...plain }) {
  const mine = me.peek()?.id ?? 0;
  const without = (/** @type {number[]} */ ids, /** @type {number[]} */ some) => ids.filter((id) => !some.includes(id));
  const next = { ...it, ...plain, fields: { ...it.fields, ...fields } };
  if (snooze !== undefined) next.snoozed = snooze;
  if (plain.state === "resolved") next.snoozed = null;
  if (add.length || drop.length) next.label_ids = [...without(without(it.label_ids, drop), add), ...add].sort((a, b) => a - b);
  if (follow !== undefined) next.follower_ids = [...without(it.follower_ids, [mine]), ...(follow ? [mine] : [])].sort((a, b) => a - b);
  for (const [key, value] of Object.entries(fields ?? {})) if (value === null) delete next.fields[key];
  return next;
}

/** Show a change before the hub has it; what undoes the showing. @param {number[]} ids @param {Change} change */
export function foresee(ids, change) {
  const held = /** @type {Conversation[]} */ (ids.map(valueOf).filter((it) => it !== undefined));
  put(held.map((it) => changed(it, change)));
  return () => put(held.filter((it) => valueOf(it.id)?.version === it.version));
}

/** Change at once on the screen, then on the hub; put back what the hub refuses.
 * @param {number} id @param {Change} change */
export async function changeConversation(id, change) {
  const putBack = foresee([id], change);
  try {
    upsertConversation(await patch(`/api/conversations/${id}`, change));
  } catch (problem) {
    putBack();
    throw problem;
  }
}

/** @param {number} id @param {number} entryId */
export async function markSeen(id, entryId) {
  const held = valueOf(id);
  if (held?.unread) put([{ ...held, unread: false }]);
  await post(`/api/conversations/${id}/seen`, { entry_id: entryId }).catch(() => undefined);
}
