import { batch, signal } from "@preact/signals";
import { get, patch, post, request, withQuery } from "../api.js";
import { me } from "./session.js";

/** @typedef {import("../types.js").Conversation} Conversation */
/** @typedef {'open'|'mine'|'unassigned'|'resolved'} ViewName */
/** @typedef {import("@preact/signals").Signal<Conversation>} Cell */

const PAGE = 50;

/** One signal for each conversation, so that a change draws one row again and not the list.
 * @type {Map<number, Cell>} */
const cells = new Map();
/** Rises when a conversation is first heard of, for those who wait for it. */
const arrived = signal(0);

export const counts = signal({ open: 0, mine: 0, unassigned: 0 });

/** The conversation that the agent looks at: its new entries are not news. */
export const watched = signal(/** @type {number|null} */ (null));

/** @param {Conversation} it @returns {Record<ViewName, boolean>} */
const membership = (it) => ({
  open: it.state === "open",
  mine: it.state === "open" && it.assignee_id === me.peek()?.id,
  unassigned: it.state === "open" && it.assignee_id === null,
  resolved: it.state === "resolved",
});

/** Newest activity first; the id settles a tie. Whether `a` comes before `b`.
 * @param {Conversation} a @param {Conversation} b */
const before = (a, b) => (a.last_entry_at === b.last_entry_at ? a.id > b.id : a.last_entry_at > b.last_entry_at);

/** One list of conversations: the pages loaded so far, kept true by events. */
class View {
  /** @param {ViewName} name */
  constructor(name) {
    this.name = name;
    this.ids = signal(/** @type {number[]} */ ([]));
    this.loading = signal(false);
    this.loaded = signal(false);
    this.problem = signal(/** @type {import("../api.js").Problem|null} */ (null));
    /** @type {string|null} */
    this.next = null;
    /** The oldest conversation of the loaded pages: older ones come by scrolling, not by events.
     * @type {Conversation|null} */
    this.edge = null;
  }

  get complete() {
    return this.loaded.value && this.next === null;
  }

  async more() {
    if (this.loading.peek() || (this.loaded.peek() && this.next === null)) return;
    this.loading.value = true;
    this.problem.value = null;
    try {
      const { data } = await request("GET", withQuery("/api/conversations", { view: this.name, after: this.next, limit: PAGE }));
      batch(() => {
        this.next = data.next;
        this.edge = data.next ? data.items[data.items.length - 1] : null;
        this.loaded.value = true;
        for (const item of data.items) upsertConversation(item);
      });
    } catch (problem) {
      this.problem.value = /** @type {import("../api.js").Problem} */ (problem);
    } finally {
      this.loading.value = false;
    }
  }

  /** Start again from the newest page, keeping what is shown until it is there. */
  async reload() {
    try {
      const { data } = await request("GET", withQuery("/api/conversations", { view: this.name, limit: PAGE }));
      batch(() => {
        this.next = data.next;
        this.edge = data.next ? data.items[data.items.length - 1] : null;
        this.ids.value = [];
        this.loaded.value = true;
        this.problem.value = null;
        for (const item of data.items) upsertConversation(item);
      });
    } catch (problem) {
      this.problem.value = /** @type {import("../api.js").Problem} */ (problem);
    }
  }

  /** Put a conversation where it belongs now, or take it out. @param {Conversation} it */
  place(it) {
    const held = this.ids.peek();
    const at = held.indexOf(it.id);
    const inside = membership(it)[this.name] && (!this.edge || !before(this.edge, it));
    if (!inside && at < 0) return;
    const neighboursHold = (/** @type {number} */ i) =>
      (i === 0 || before(/** @type {Conversation} */ (valueOf(held[i - 1])), it)) &&
      (i === held.length - 1 || before(it, /** @type {Conversation} */ (valueOf(held[i + 1]))));
    if (inside && at >= 0 && neighboursHold(at)) return;
    const rest = at < 0 ? held.slice() : held.filter((id) => id !== it.id);
    if (inside) {
      let low = 0;
      let high = rest.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (before(/** @type {Conversation} */ (valueOf(rest[middle])), it)) low = middle + 1;
        else high = middle;
      }
      rest.splice(low, 0, it.id);
    }
    this.ids.value = rest;
  }
}

/** @type {Record<ViewName, View>} */
export const views = { open: new View("open"), mine: new View("mine"), unassigned: new View("unassigned"), resolved: new View("resolved") };

/** @param {number} id */
const valueOf = (id) => cells.get(id)?.peek();

/** The conversation as it is now, or undefined while it is unknown. Reading it in a component subscribes to it.
 * @param {number|null|undefined} id @returns {Conversation|undefined} */
export function conversation(id) {
  const cell = id == null ? undefined : cells.get(id);
  if (!cell) void arrived.value;
  return cell?.value;
}

/** Take in a conversation from a snapshot or an event; an older version than the one held is left out.
 * @param {Conversation} next */
export function upsertConversation(next) {
  const cell = cells.get(next.id);
  const held = cell?.peek();
  if (held && next.version < held.version) return;
  if (next.unread === undefined) next = { ...next, unread: unreadAfter(held, next) };
  batch(() => {
    if (cell) cell.value = next;
    else {
      cells.set(next.id, signal(next));
      arrived.value += 1;
    }
    for (const view of Object.values(views)) if (view.loaded.peek()) view.place(next);
  });
}

/** An event does not say whether I have read it: news is a newer word from the customer that I am not looking at.
 * @param {Conversation|undefined} held @param {Conversation} next */
function unreadAfter(held, next) {
  if (watched.peek() === next.id && document.visibilityState === "visible") return false;
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

/** Change at once on the screen, then on the hub; put back what the hub refuses.
 * @param {number} id @param {{state?: 'open'|'resolved', assignee_id?: number|null}} changes */
export async function changeConversation(id, changes) {
  const cell = cells.get(id);
  const held = cell?.peek();
  if (held) upsertConversation({ ...held, ...changes });
  try {
    upsertConversation(await patch(`/api/conversations/${id}`, changes));
  } catch (problem) {
    if (held && cell && cell.peek().version === held.version) {
      cell.value = held;
      for (const view of Object.values(views)) if (view.loaded.peek()) view.place(held);
    }
    throw problem;
  } finally {
    refreshCounts();
  }
}

/** @param {number} id @param {number} entryId */
export async function markSeen(id, entryId) {
  const cell = cells.get(id);
  if (cell?.peek().unread) cell.value = { ...cell.peek(), unread: false };
  await post(`/api/conversations/${id}/seen`, { entry_id: entryId }).catch(() => undefined);
}

/** @type {ReturnType<typeof setTimeout>|undefined} */
let countsTimer;
/** Ask for the counts soon; many changes ask once. */
export function refreshCounts(delay = 250) {
  clearTimeout(countsTimer);
  countsTimer = setTimeout(async () => {
    try {
      counts.value = await get("/api/conversations/counts");
    } catch {
      // the counts are a hint; the next change asks again
    }
  }, delay);
}

/** What we hold may be stale: ask again for every list that was shown. */
export async function reloadViews() {
  wanted.clear();
  refreshCounts(0);
  await Promise.all(Object.values(views).filter((view) => view.loaded.peek()).map((view) => view.reload()));
}
