import { markOf } from "../../../components/channelmark.js";
import { daysBetween, sameDay } from "../../../format.js";
import { compareMoments } from "../../../state/moments.js";

/**
 * From the entries of a customer to what the timeline draws, in order: days, gaps, the line since the last look,
 * the heads of threads, folded noise and the entries themselves. Pure, so that it is easy to test.
 *
 * @typedef {import("../../../types.js").Entry} Entry
 * @typedef {{entry_id: number, at: string, upTo: number, mine: number|null}} Line what was seen last, the newest entry when the agent came, and who they are
 * @typedef {{type:'day', key:string, at:string, thread:number|null}
 *   | {type:'gap', key:string, days:number, thread:number|null}
 *   | {type:'since', key:string, thread:number|null}
 *   | {type:'thread', key:string, conversationId:number, subject:string|null, begins:boolean}
 *   | {type:'fold', key:string, entries:Entry[], what:'notices'|'automatic'|'events', thread:number|null, open:boolean}
 *   | {type:'entry', key:string, entry:Entry, follows:boolean}} Item
 */

/** A silence of this many days is worth saying. */
const SILENCE = 14;

/** Mails that machines write; two or more in a row fold into one line. @param {Entry} entry */
const isNoise = (entry) => entry.kind === "message" && entry.direction === "in" && (entry.automatic === "auto" || entry.automatic === "bounce");

/** Changes of state; so many or more in a row fold into one line. @param {Entry} entry */
const isEvent = (entry) => entry.kind === "event";
const EVENTS = 4;

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

/** Whether an entry is news to who looked so long ago. @param {Entry} entry @param {Line} line */
const isNews = (entry, { entry_id, at, upTo, mine }) =>
  entry.id > entry_id && entry.id <= upTo && compareMoments(entry.occurred_at, at) >= 0 && !(entry.author.type === "agent" && entry.author.id === mine);

/** The folds among the entries: where each begins, and where it ends. A fold is of one day and on one side of the line.
 * @param {Entry[]} entries @param {number} line index of the first entry below it */
function folds(entries, line) {
  /** @type {Map<number, number>} */
  const found = new Map();
  for (let from = 0; from < entries.length; ) {
    const same = isNoise(entries[from]) ? isNoise : isEvent(entries[from]) ? isEvent : null;
    let to = from + 1;
    if (same) while (to < entries.length && to !== line && same(entries[to]) && sameDay(entries[to - 1].occurred_at, entries[to].occurred_at)) to += 1;
    if (to - from >= (same === isEvent ? EVENTS : 2)) found.set(from, to);
    from = to;
  }
  return found;
}

/**
 * @param {Entry[]} all oldest first
 * @param {{line: Line|null, startsHere: boolean, opened?: Set<number>, threads?: Map<number, number>}} context startsHere: nothing older exists; opened: entries whose fold is open;
 *   threads: of which thread a conversation is that does not stand by itself
 * @returns {Item[]}
 */
export function layOut(all, { line, startsHere, opened, threads }) {
  const ids = new Set(all.map((entry) => entry.id));
  // an answer that stands here needs no line that it came
  const entries = all.filter((entry) => !(entry.data.type === "side_answered" && ids.has(entry.data.entry_id)));
  /** @type {Item[]} */
  const items = [];
  /** @type {Entry|null} */
  let before = null;
  /** @type {number|null} */
  let thread = null;
  /** @type {Map<number, string>} */
  const subjects = new Map();
  const news = line === null ? -1 : entries.findIndex((entry) => isNews(entry, line));
  const folded = folds(entries, news);

  /** @param {Entry} entry */
  const threadOf = ({ conversation_id: id }) => threads?.get(id) ?? id;

  /** @param {Entry} entry */
  const head = (entry) => {
    const id = threadOf(entry);
    const own = id === entry.conversation_id;
    const known = subjects.get(id);
    const subject = own && entry.subject ? plainSubject(entry.subject) : (known ?? null);
    const changed = own && subject !== null && known !== undefined && known !== subject && entry.subject !== null;
    if (id !== thread || changed)
      items.push({ type: "thread", key: `thread-${entry.id}`, conversationId: id, subject, begins: (own && entry.seq === 1) || (startsHere && known === undefined) });
    thread = id;
    if (subject !== null) subjects.set(id, subject);
  };

  for (let index = 0; index < entries.length; index += 1) {
    const entry = entries[index];
    const through = thread === threadOf(entry) ? thread : null;
    if (!before || !sameDay(before.occurred_at, entry.occurred_at)) {
      const days = before ? daysBetween(before.occurred_at, entry.occurred_at) : 0;
      if (days >= SILENCE) items.push({ type: "gap", key: `gap-${entry.id}`, days, thread: through });
      items.push({ type: "day", key: `day-${entry.id}`, at: entry.occurred_at, thread: through });
    }
    if (index === news && before) items.push({ type: "since", key: "since", thread: through });

    const end = folded.get(index);
    if (end !== undefined) {
      const inside = entries.slice(index, end);
      const open = inside.some((it) => opened?.has(it.id));
      const alone = inside.every((it) => threadOf(it) === threadOf(entry));
      if (alone) head(entry);
      const what = isEvent(entry) ? "events" : inside.every((it) => it.automatic === "bounce") ? "notices" : "automatic";
      items.push({ type: "fold", key: `fold-${entry.id}`, entries: inside, what, thread: alone ? threadOf(entry) : null, open });
      if (open) for (const it of inside) head(it), items.push({ type: "entry", key: `entry-${it.id}`, entry: it, follows: false });
      else if (!alone) thread = null;
      before = entries[end - 1];
      index = end - 1;
      continue;
    }
    head(entry);
    const last = items[items.length - 1];
    items.push({ type: "entry", key: `entry-${entry.id}`, entry, follows: last.type === "entry" && goesOn(last.entry, entry) });
    before = entry;
  }
  return items;
}

/** About how many pixels an item takes, before it was ever drawn. @param {Item} item */
export const guessHeight = (item) =>
  item.type === "entry" ? (isEvent(item.entry) ? 28 : isChat(item.entry) ? 60 : 120 + Math.min(400, Math.floor(item.entry.text.length / 75) * 21)) : { day: 46, gap: 50, since: 50, thread: 44, fold: 34 }[item.type];

/** The number of what an item shows; 0 for the lines that stand before an entry. A fold may gain entries at its beginning.
 * @param {Item} item */
const numberOf = (item) => (item.type === "entry" ? item.entry.id : item.type === "fold" ? item.entries[item.entries.length - 1].id : 0);

/** Whether a chunk begins at an entry, whatever was loaded before or after it. @param {number} id */
const begins = (id) => Math.imul(id, 0x9e3779b1) >>> 0 < 0xffffffff / 9;

/** Groups of items that are drawn or left out together while they are far from the view. They stay the same ones while
 * entries come and go at both ends. @param {Item[]} items @param {number} most
 * @param {Set<number>} borders entries at which a chunk has begun before; the oldest one is added */
export function inChunks(items, most, borders) {
  /** @type {{key: number, items: Item[]}[]} */
  const chunks = [];
  /** @type {Item[]} */
  let lines = [];
  /** Where the open fold ends. */
  let until = 0;
  for (const item of items) {
    lines.push(item);
    const id = numberOf(item);
    if (id === 0) continue;
    const last = chunks[chunks.length - 1];
    const follows = item.type === "entry" && item.follows;
    const apart = borders.has(id) || (begins(id) && !follows) || (last && last.items.length >= most);
    if (last && (until !== 0 || !apart)) last.items.push(...lines);
    else chunks.push({ key: id, items: lines });
    if (item.type === "fold") until = item.open ? id : 0;
    else if (id === until) until = 0;
    lines = [];
  }
  if (chunks.length) borders.add(chunks[0].key);
  return chunks;
}

/** Whether two items look the same. @param {any} a @param {any} b */
export const sameItem = (a, b) =>
  Object.keys(a).every((key) => a[key] === b[key] || (key === "entries" && a.entries.length === b.entries?.length && a.entries.every((/** @type {Entry} */ it, /** @type {number} */ i) => it === b.entries[i])));
