import { batch, effect, signal } from "@preact/signals";
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
    changed.push(looked(next, held?.seen_entry_id));
    // of one that is new to everybody it is plain
    if (!held && next.seen_entry_id === undefined && next.entry_count > 1) guessed.add(next.id);
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
      doubtful.delete(next.id);
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

/** An event does not say how much of it I have seen: I know that myself. What I look at is not news.
 * @param {Conversation} it @param {number} [seen] the newest entry that I have seen, as far as this page knows @returns {Conversation} */
function looked(it, seen = 0) {
  const seen_entry_id = Math.max(seen, it.seen_entry_id ?? 0);
  const looking = watched.peek() === it.id && document.visibilityState === "visible";
  return { ...it, seen_entry_id, unread: !looking && Math.max(it.last_in_id, it.side_answer_id) > seen_entry_id };
}

let lookedAt = watched.peek();
/** What I no longer look at, and had not seen to its end, is news again. */
effect(() => {
  const left = lookedAt;
  lookedAt = watched.value;
  queueMicrotask(() => {
    const held = left === null ? undefined : valueOf(left);
    if (held) put([looked(held, held.seen_entry_id)]);
  });
});

/** @param {{id: number, name: string}} customer */
export function renameCustomer({ id, name }) {
  const theirs = [...cells.values()].map((cell) => cell.peek()).filter((it) => it.customer.id === id && it.customer.name !== name);
  put(theirs.map((it) => ({ ...it, customer: { ...it.customer, name } })));
}

/** I have seen this much of it, here or on another device. @param {number} id @param {number} entryId */
export function seenUpTo(id, entryId) {
  const held = valueOf(id);
  if (held && entryId > (held.seen_entry_id ?? 0)) put([looked(held, entryId)]);
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

/** Held since before the line was broken, and not heard of again: read when somebody goes there. */
const doubtful = new Set();
/** @param {number} id */
export const isKnown = (id) => cells.has(id) && !doubtful.has(id);

/** After a broken line: what was asked for and did not come may be asked for again, what is held may be old. */
export function doubtAll() {
  wanted.clear();
  for (const id of cells.keys()) doubtful.add(id);
}

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
  seenUpTo(id, entryId);
  await post(`/api/conversations/${id}/seen`, { entry_id: entryId }).catch(() => undefined);
}
