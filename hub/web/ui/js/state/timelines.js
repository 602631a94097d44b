import { batch, signal } from "@preact/signals";
import { request, withQuery } from "../api.js";

/** @typedef {import("../types.js").Entry} Entry */

const PAGE = 50;
/** How many customers' timelines stay in memory for going back at once. */
const KEPT = 6;

/** @param {Entry} a @param {Entry} b */
const order = (a, b) => (a.occurred_at === b.occurred_at ? a.id - b.id : a.occurred_at < b.occurred_at ? -1 : 1);

/** The one timeline of a customer: oldest loaded entry first, newest last. */
export class Timeline {
  /** @param {number} customerId @param {number|null} [channelId] of one channel only */
  constructor(customerId, channelId = null) {
    this.customerId = customerId;
    this.channelId = channelId;
    /** The same timeline of one channel, while somebody looks at it so.
     * @type {Timeline|null} */
    this.narrowed = null;
    this.entries = signal(/** @type {Entry[]} */ ([]));
    this.loading = signal(false);
    this.loaded = signal(false);
    this.problem = signal(/** @type {import("../api.js").Problem|null} */ (null));
    this.hasOlder = signal(true);
    /** @type {string|null} */
    this.next = null;
  }

  /** The timeline of one channel; it gets every change that this one gets. @param {number} channelId */
  narrow(channelId) {
    if (this.narrowed?.channelId !== channelId) this.narrowed = new Timeline(this.customerId, channelId);
    return this.narrowed;
  }

  /** @param {Entry} entry */
  has(entry) {
    return this.channelId === null || (entry.channel?.id ?? entry.delivery?.channel_id) === this.channelId;
  }

  /** @param {string|null} after */
  path(after) {
    return withQuery(`/api/customers/${this.customerId}/timeline`, { after, channel: this.channelId, limit: PAGE });
  }

  async more() {
    if (this.loading.peek() || !this.hasOlder.peek()) return;
    this.loading.value = true;
    this.problem.value = null;
    try {
      const { data } = await request("GET", this.path(this.next));
      batch(() => {
        this.next = data.next;
        this.hasOlder.value = data.next !== null;
        this.loaded.value = true;
        this.take(data.items);
      });
    } catch (problem) {
      this.problem.value = /** @type {import("../api.js").Problem} */ (problem);
    } finally {
      this.loading.value = false;
    }
  }

  /** Start again from the newest page, for instance after a merge brought other entries in. */
  async reload() {
    void this.narrowed?.reload().catch(() => undefined);
    const { data } = await request("GET", this.path(null));
    batch(() => {
      this.next = data.next;
      this.hasOlder.value = data.next !== null;
      this.loaded.value = true;
      this.entries.value = this.entries.peek().filter((entry) => entry.pending);
      this.take(data.items);
    });
  }

  /** Add or replace entries; an older version never replaces a newer one.
   * @param {Entry[]} items */
  take(items) {
    const held = new Map(this.entries.peek().map((entry) => [entry.id, entry]));
    for (const item of items) {
      const old = held.get(item.id);
      if (!old || item.version >= old.version) held.set(item.id, item);
    }
    this.entries.value = [...held.values()].sort(order);
  }

  /** One entry from an event. It stays out when it is older than all that was loaded: scrolling brings it.
   * @param {Entry} entry */
  upsert(entry) {
    if (!this.has(entry)) return;
    this.narrowed?.upsert(entry);
    const held = this.entries.peek();
    const at = held.findLastIndex((other) => other.id === entry.id);
    if (at >= 0) {
      if (entry.version < held[at].version) return;
      const copy = held.slice();
      copy[at] = entry;
      this.entries.value = held[at].occurred_at === entry.occurred_at ? copy : copy.sort(order);
      return;
    }
    if (this.hasOlder.peek() && held.length > 0 && order(entry, held[0]) < 0) return;
    const last = held[held.length - 1];
    this.entries.value = !last || order(last, entry) < 0 ? [...held, entry] : [...held, entry].sort(order);
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

/** @param {number|null} customerId @param {Entry} entry */
export function upsertEntry(customerId, entry) {
  if (customerId !== null) timelines.get(customerId)?.upsert(entry);
  else for (const timeline of timelines.values()) if (timeline.entries.peek().some((held) => held.id === entry.id)) timeline.upsert(entry);
}

/** Forget what is not shown and read again what is. @param {number|null} shown */
export async function reloadTimelines(shown) {
  for (const id of timelines.keys()) if (id !== shown) timelines.delete(id);
  if (shown !== null) await timelines.get(shown)?.reload();
}
