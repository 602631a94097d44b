import { markOf } from "../../components/channelmark.js";
import { daysBetween, sameDay } from "../../format.js";

/**
 * From the entries of a customer to what the timeline draws, in order: days, gaps, the line since the last look,
 * the heads of threads, folded noise and the entries themselves. Pure, so that it is easy to test.
 *
 * @typedef {import("../../types.js").Entry} Entry
 * @typedef {{type:'day', key:string, at:string, thread:number|null}
 *   | {type:'gap', key:string, days:number, thread:number|null}
 *   | {type:'since', key:string, thread:number|null}
 *   | {type:'thread', key:string, conversationId:number, subject:string|null, begins:boolean}
 *   | {type:'fold', key:string, entries:Entry[]}
 *   | {type:'entry', key:string, entry:Entry, follows:boolean}} Item
 */

/** A silence of this many days is worth saying. */
const SILENCE = 14;

/** Mails that machines write; two or more in a row fold into one line. @param {Entry} entry */
const isNoise = (entry) => entry.kind === "message" && entry.direction === "in" && (entry.automatic === "auto" || entry.automatic === "bounce");

/** Lines of a chat by the same writer within this time stand together, in milliseconds. */
const BREATH = 5 * 60_000;

/** @param {Entry} entry */
export const isChat = (entry) => entry.kind === "message" && entry.channel !== null && markOf(entry.channel.kind)[1] === "chat";

/** Whether a line of a chat goes on with the one before. @param {Entry} before @param {Entry} entry */
const goesOn = (before, entry) =>
  isChat(before) && isChat(entry) && before.conversation_id === entry.conversation_id && before.direction === entry.direction &&
  before.author.type === entry.author.type && before.author.id === entry.author.id && before.author.name === entry.author.name &&
  Date.parse(entry.occurred_at) - Date.parse(before.occurred_at) < BREATH;

/** Subjects that only differ by Re: and Fwd: are the same. @param {string|null} subject */
export const plainSubject = (subject) => (subject ?? "").replace(/^\s*((re|aw|fwd?|wg|sv|vs|tr|rif|antw)(\[\d+\])?\s*:\s*)+/i, "").trim();

/**
 * @param {Entry[]} entries oldest first
 * @param {{seenAt: string|null, startsHere: boolean}} context seenAt: the newest entry of the last look; startsHere: nothing older exists
 * @returns {Item[]}
 */
export function layOut(entries, { seenAt, startsHere }) {
  /** @type {Item[]} */
  const items = [];
  /** @type {Entry|null} */
  let before = null;
  /** @type {number|null} */
  let thread = null;
  /** @type {Map<number, string>} */
  const subjects = new Map();
  let sinceDrawn = seenAt === null;

  for (const entry of entries) {
    const through = thread === entry.conversation_id ? thread : null;
    if (!before || !sameDay(before.occurred_at, entry.occurred_at)) {
      const days = before ? daysBetween(before.occurred_at, entry.occurred_at) : 0;
      if (days >= SILENCE) items.push({ type: "gap", key: `gap-${entry.id}`, days, thread: through });
      items.push({ type: "day", key: `day-${entry.id}`, at: entry.occurred_at, thread: through });
    }
    if (!sinceDrawn && seenAt !== null && entry.occurred_at > seenAt && entry.direction === "in") {
      if (before) items.push({ type: "since", key: "since", thread: through });
      sinceDrawn = true;
    }
    const known = subjects.get(entry.conversation_id);
    const subject = entry.subject ? plainSubject(entry.subject) : (known ?? null);
    const changed = subject !== null && known !== undefined && known !== subject && entry.subject !== null;
    if (entry.conversation_id !== thread || changed)
      items.push({ type: "thread", key: `thread-${entry.id}`, conversationId: entry.conversation_id, subject, begins: entry.seq === 1 || (startsHere && known === undefined) });
    thread = entry.conversation_id;
    if (subject !== null) subjects.set(entry.conversation_id, subject);

    const last = items[items.length - 1];
    if (isNoise(entry) && last.type === "fold") last.entries.push(entry);
    else if (isNoise(entry) && last.type === "entry" && isNoise(last.entry)) items[items.length - 1] = { type: "fold", key: `fold-${last.entry.id}`, entries: [last.entry, entry] };
    else items.push({ type: "entry", key: `entry-${entry.id}`, entry, follows: last.type === "entry" && goesOn(last.entry, entry) });
    before = entry;
  }
  return items;
}

/** Groups of items that are drawn or left out together while they are far from the view.
 * @param {Item[]} items @param {number} size */
export function inChunks(items, size) {
  /** @type {{key: string, items: Item[]}[]} */
  const chunks = [];
  // counted from the newest end would move every border with each new entry; from a fixed entry they stay
  for (const item of items) {
    const last = chunks[chunks.length - 1];
    if (last && last.items.length < size && !(item.type === "day" && last.items.length >= size / 2)) last.items.push(item);
    else chunks.push({ key: item.key, items: [item] });
  }
  return chunks;
}
