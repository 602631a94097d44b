import { batch, signal } from "@preact/signals";
import { request, withQuery } from "../api.js";
import { compareMoments } from "./moments.js";

/**
 * @typedef {import("../types.js").Entry} Entry
 * @typedef {{entry_id: number, at: string}} Look the newest entry that somebody has seen
 * @typedef {{channel: number|null, thread: number|null, kinds: string[], author: string|null}} Only which entries are wanted; all of it is met
 * @typedef {{from: Entry|null, to: Entry|null, next: string|null, previous: string|null}} Page the first and last entry, and where it goes on
 */

const PAGE = 50;
/** How many entries a timeline holds; what is further away is read again when someone comes near. */
export const MOST = 400;
/** How many customers' timelines stay in memory, to be there at once. */
const KEPT = 12;

/** @type {Only} */
export const EVERYTHING = { channel: null, thread: null, kinds: [], author: null };

/** @param {Entry} a @param {Entry} b */
const order = (a, b) => compareMoments(a.occurred_at, b.occurred_at) || a.id - b.id;

/** @param {Entry} entry @param {Only} only */
export const meets = (entry, { channel, thread, kinds, author }) =>
  (channel === null || entry.channel?.id === channel) &&
  (thread === null || entry.conversation_id === thread) &&
  (author === null || author === `${entry.author.type === "agent" ? "agent" : "identity"}:${entry.author.id}`) &&
  (kinds.length === 0 || kinds.includes(entry.kind) || (kinds.includes("file") && entry.attachments.length + (entry.pending_files?.length ?? 0) > 0));

/** A stretch of the one timeline of a customer without holes, oldest entry first; mostly the newest stretch. */
export class Timeline {
  /** @param {number} customerId @param {Only} [only] */
  constructor(customerId, only = EVERYTHING) {
    this.customerId = customerId;
    this.only = only;
    /** The same timeline with some of the entries, while somebody looks at it so.
     * @type {Timeline|null} */
    this.narrowed = null;
    this.entries = signal(/** @type {Entry[]} */ ([]));
    /** Which way more is being read. */
    this.loading = signal(/** @type {'older'|'newer'|'here'|null} */ (null));
    this.loaded = signal(false);
    this.problem = signal(/** @type {import("../api.js").Problem|null} */ (null));
    this.hasOlder = signal(true);
    this.hasNewer = signal(false);
    /** Entries that came while the stretch ended before them. */
    this.missed = signal(0);
    /** Said by who shows it: the entry that is being read, null at the newest end. @type {(() => number|null)|null} */
    this.reading = null;
    /** What the agent had seen when they last went away. @type {Look|null} */
    this.seen = null;
    /** The pages that the stretch is made of, oldest first. @type {Page[]} */
    this.pages = [];
    /** Changes when the stretch becomes another one: what was asked for before is then of no use. */
    this.stretch = {};
    this.flights = 0;
    /** What events brought while a page was on its way: it may have been read before them.
     * @type {Map<number, Entry>} */
    this.meanwhile = new Map();
    /** The customer's version that the stretch was last read for. */
    this.version = 0;
    /** The newest entry of each conversation that was ever in the stretch. @type {Map<number, number>} */
    this.shown = new Map();
  }

  /** The timeline with these entries only; it gets every change that this one gets. @param {Only} only */
  narrow(only) {
    if (JSON.stringify(this.narrowed?.only) !== JSON.stringify(only)) this.narrowed = new Timeline(this.customerId, only);
    return /** @type {Timeline} */ (this.narrowed);
  }

  /** The newest entry that this page has had of some conversations, wherever the stretch is now; 0 for none.
   * @param {(conversationId: number) => boolean} wanted */
  newestOf(wanted) {
    return Math.max(0, ...[...this.shown].filter(([id]) => wanted(id)).map(([, entryId]) => entryId));
  }

  /** @param {Record<string, any>} where @returns {Promise<any>} a page; null when the stretch is another one by now */
  async read(where) {
    const { channel, thread, kinds, author } = this.only;
    const { stretch } = this;
    this.flights += 1;
    try {
      const query = { ...where, channel, conversation: thread, kind: kinds.join(",") || null, author, limit: PAGE };
      const { data } = await request("GET", withQuery(`/api/customers/${this.customerId}/timeline`, query));
      return stretch === this.stretch ? data : null;
    } finally {
      this.flights -= 1;
    }
  }

  /** @param {'older'|'newer'|'here'} way @param {() => Promise<void>} work */
  async busy(way, work) {
    this.loading.value = way;
    this.problem.value = null;
    try {
      await work();
    } catch (problem) {
      this.problem.value = /** @type {import("../api.js").Problem} */ (problem);
    } finally {
      if (this.loading.peek() === way) this.loading.value = null;
    }
  }

  /** The newest page when nothing is there yet, then the one before the oldest. */
  async more() {
    if (this.loading.peek() || !this.hasOlder.peek()) return;
    if (!this.loaded.peek()) await this.goTo({});
    else await this.busy("older", async () => this.join(await this.read({ after: this.pages[0].next }), "older"));
  }

  /** The page after the newest entry of a stretch that ends before the present. */
  async newer() {
    if (this.loading.peek() || !this.hasNewer.peek()) return;
    const before = this.pages[this.pages.length - 1].previous;
    await this.busy("newer", async () => this.join(await this.read({ before }), "newer"));
  }

  /** Go elsewhere: to an entry, to a moment, or with neither to the newest end. What is shown stays until that is there.
   * @param {{entry?: number, at?: string}} where @returns {Promise<boolean>} whether it is there */
  async goTo(where) {
    this.stretch = {};
    let there = false;
    await this.busy("here", async () => void (there = this.begin(await this.read(where))));
    return there;
  }

  /** Read again what is shown, around what is being read, for instance after a merge brought other entries in. */
  async reload() {
    void this.narrowed?.reload().catch(() => undefined);
    const held = this.entries.peek().filter((entry) => entry.id > 0);
    const id = this.reading?.() ?? null;
    const place = held.find((entry) => entry.id === id) ?? (this.hasNewer.peek() ? held[held.length >> 1] : undefined);
    this.stretch = {};
    this.begin(await this.read(place ? { at: place.occurred_at } : {}));
  }

  /** @param {any} data a page that takes the place of all that is held @returns {boolean} */
  begin(data) {
    if (data === null) return false;
    batch(() => {
      if (!this.loaded.peek()) this.seen = data.seen;
      this.loaded.value = true;
      this.stretch = {};
      this.pages = [];
      this.entries.value = this.entries.peek().filter((entry) => entry.pending);
      this.missed.value = 0;
      this.join(data, "older");
    });
    return true;
  }

  /** @param {any} data @param {'older'|'newer'} side */
  join(data, side) {
    if (data === null) return;
    /** @type {Entry[]} */
    const items = data.items;
    const page = { from: items[items.length - 1] ?? null, to: items[0] ?? null, next: data.next, previous: data.previous };
    batch(() => {
      if (side === "older" || !this.pages.length) this.hasOlder.value = page.next !== null;
      if (side === "newer" || !this.pages.length) this.hasNewer.value = page.previous !== null;
      if (side === "older") this.pages.unshift(page);
      else this.pages.push(page);
      this.take(items);
      this.trim(side);
      for (const entry of this.meanwhile.values()) this.place(entry);
      if (this.flights === 0) this.meanwhile.clear();
    });
  }

  /** Let go of the pages that are furthest from where the reader goes. @param {'older'|'newer'} side */
  trim(side) {
    let held = this.entries.peek();
    while (held.length > MOST && this.pages.length > 2) {
      if (side === "older") {
        this.pages.pop();
        const last = this.pages.findLast((page) => page.to)?.to;
        held = held.filter((entry) => entry.pending || (last && order(entry, last) <= 0));
        this.hasNewer.value = true;
      } else {
        this.pages.shift();
        const first = this.pages.find((page) => page.from)?.from;
        held = held.filter((entry) => entry.pending || (first && order(first, entry) <= 0));
        this.hasOlder.value = true;
      }
    }
    this.entries.value = held;
  }

  /** Add or replace entries; an older version never replaces a newer one.
   * @param {Entry[]} items */
  take(items) {
    const held = new Map(this.entries.peek().map((entry) => [entry.id, entry]));
    for (const item of items) {
      const old = held.get(item.id);
      if (!old || item.version >= old.version) held.set(item.id, item);
      this.note(item);
    }
    this.entries.value = [...held.values()].sort(order);
  }

  /** @param {Entry} entry */
  note(entry) {
    if (entry.id > (this.shown.get(entry.conversation_id) ?? 0)) this.shown.set(entry.conversation_id, entry.id);
  }

  /** One entry from an event. @param {Entry} entry */
  upsert(entry) {
    this.narrowed?.upsert(entry);
    if (this.flights > 0) {
      const known = this.meanwhile.get(entry.id);
      if (!known || known.version <= entry.version) this.meanwhile.set(entry.id, entry);
    }
    if (!this.place(entry) && entry.version === 1 && meets(entry, this.only)) this.missed.value += 1;
  }

  /** Into the stretch, or nowhere when it belongs beyond one of its ends: going there brings it.
   * @param {Entry} entry @returns {boolean} false: it belongs after the end */
  place(entry) {
    if (!this.loaded.peek() && !entry.pending) return true;
    const held = this.entries.peek();
    const at = held.findLastIndex((other) => other.id === entry.id);
    if (at >= 0 && entry.version < held[at].version) return true;
    const rest = at >= 0 ? held.toSpliced(at, 1) : held;
    if (!entry.pending && !meets(entry, this.only)) {
      if (at >= 0) this.entries.value = rest;
      return true;
    }
    if (!entry.pending && at < 0) {
      const from = this.pages.find((page) => page.from)?.from;
      const to = this.pages.findLast((page) => page.to)?.to;
      if (this.hasNewer.peek() && (!to || order(to, entry) < 0)) return false;
      if (this.hasOlder.peek() && from && order(entry, from) < 0) return true;
    }
    if (at < 0 || held[at].occurred_at !== entry.occurred_at) {
      const last = rest[rest.length - 1];
      this.entries.value = !last || order(last, entry) < 0 ? [...rest, entry] : [...rest, entry].sort(order);
    } else this.entries.value = held.with(at, entry);
    if (!entry.pending) this.note(entry);
    return true;
  }

  /** @param {number} id */
  drop(id) {
    this.narrowed?.drop(id);
    this.entries.value = this.entries.peek().filter((entry) => entry.id !== id);
  }
}

/** @type {Map<number, Timeline>} */
const timelines = new Map();

/** @param {number} customerId */
export function timelineOf(customerId) {
  const held = timelines.get(customerId) ?? new Timeline(customerId);
  timelines.delete(customerId);
  timelines.set(customerId, held);
  for (const id of [...timelines.keys()].slice(0, -KEPT)) timelines.delete(id);
  return held;
}

/** Read the newest page of a timeline that will probably be wanted. @param {number} customerId */
export async function prefetchTimeline(customerId) {
  if (!timelines.has(customerId)) await timelineOf(customerId).more();
}

/** @param {number|null} customerId @param {Entry} entry */
export function upsertEntry(customerId, entry) {
  if (customerId !== null) timelines.get(customerId)?.upsert(entry);
  else for (const timeline of timelines.values()) if (timeline.entries.peek().some((held) => held.id === entry.id)) timeline.upsert(entry);
}

/** The customer is another version by now: read again what is held of their timeline. @param {number} customerId @param {number} version */
export async function timelineChanged(customerId, version) {
  const held = timelines.get(customerId);
  if (!held || held.version >= version || (!held.loaded.peek() && held.flights === 0)) return;
  held.version = version;
  await held.reload();
}

/** Forget what is not shown and read again what is. @param {number|null} shown */
export async function reloadTimelines(shown) {
  for (const id of timelines.keys()) if (id !== shown) timelines.delete(id);
  if (shown !== null) await timelines.get(shown)?.reload();
}
