import { computed, signal } from "@preact/signals";
import { get, postOnce } from "../api.js";
import { foresee } from "./conversations.js";
import { reloadLists } from "./lists.js";
import { refreshCounts } from "./views.js";

/** @typedef {import("../types.js").Bulk} Bulk */
/** @typedef {import("../types.js").Change} Change */
/** @typedef {import("../types.js").Filter} Filter */

/** How many the hub takes at once. */
const MOST_IDS = 1000;
/** How often a change is asked after when no event tells of it, in milliseconds, and for how long. */
const ASK_EVERY = 3000;
const PATIENCE = 600_000;

/** The conversations that are ticked. @type {import("@preact/signals").Signal<ReadonlySet<number>>} */
export const selected = signal(new Set());
/** All that the view has are meant, also those that are not loaded. */
export const whole = signal(/** @type {Filter|null} */ (null));
export const selecting = computed(() => selected.value.size > 0);
/** Where a range begins. */
let anchor = /** @type {number|null} */ (null);

export function clearSelection() {
  selected.value = new Set();
  whole.value = null;
  anchor = null;
}

/** @param {number} id */
export function toggle(id) {
  const next = new Set(selected.peek());
  if (!next.delete(id)) next.add(id);
  selected.value = next;
  whole.value = null;
  anchor = id;
}

/** Everything from the last ticked one to this. @param {number} id @param {number[]} ids the list as it is shown */
export function rangeTo(id, ids) {
  const from = anchor === null ? -1 : ids.indexOf(anchor);
  if (from < 0) return toggle(id);
  const to = ids.indexOf(id);
  selected.value = new Set([...selected.peek(), ...ids.slice(Math.min(from, to), Math.max(from, to) + 1)]);
  whole.value = null;
}

/** @param {number[]} ids @param {Filter|null} [all] the filter, when more than these are meant */
export function selectAll(ids, all = null) {
  selected.value = new Set(ids);
  whole.value = all;
}

/** @param {Bulk} it */
const goesOn = (it) => it.state === "running" || it.state === "undoing";

/** What is being done to many, the newest last. @type {import("@preact/signals").Signal<Bulk[]>} */
export const running = signal([]);
/** @type {Map<number, (it: Bulk) => void>} */
const awaited = new Map();

/** @param {Bulk} it */
export function upsertBulk(it) {
  const known = running.peek().some((other) => other.id === it.id);
  if (goesOn(it)) running.value = known ? running.peek().map((other) => (other.id === it.id ? it : other)) : [...running.peek(), it];
  else {
    running.value = running.peek().filter((other) => other.id !== it.id);
    awaited.get(it.id)?.(it);
  }
}

/** Resolves when it is done. Events tell; where none comes, the hub is asked. @param {Bulk} first @param {Bulk['state']} state @returns {Promise<Bulk>} */
async function ended(first, state) {
  if (first.state === state) return first;
  if (!goesOn(first)) return first;
  upsertBulk(first);
  const done = new Promise((/** @type {(it: Bulk) => void} */ tell) => awaited.set(first.id, tell));
  const until = Date.now() + PATIENCE;
  try {
    for (;;) {
      const told = await Promise.race([done, new Promise((/** @type {(it: null) => void} */ go) => setTimeout(() => go(null), ASK_EVERY))]);
      if (told) return told;
      const asked = await get(`/api/bulk/${first.id}`).catch(() => null);
      if (asked && !goesOn(asked)) return asked;
      if (asked) upsertBulk(asked);
      if (Date.now() > until) return asked ?? first;
    }
  } finally {
    awaited.delete(first.id);
    running.value = running.peek().filter((it) => it.id !== first.id);
    refreshCounts(0);
  }
}

/** Change what is ticked. On the screen at once; answers when the hub is through, by portions of what it takes at once.
 * @param {Change} change @returns {Promise<{ids: number[], done: number, failed: number}>} */
export async function changeMany(change) {
  const ticked = [...selected.peek()];
  const filter = whole.peek();
  clearSelection();
  const putBack = foresee(ticked, change);
  const asked = filter ? [{ filter, change }] : portions(ticked).map((ids) => ({ ids, change }));
  const through = { ids: /** @type {number[]} */ ([]), done: 0, failed: 0 };
  try {
    for (const body of asked) {
      const it = await ended(await postOnce("/api/bulk", body), "done");
      through.ids.push(it.id);
      through.done += it.done;
      through.failed += it.failed;
    }
  } catch (problem) {
    // what was not changed is as it was; of the rest the hub tells
    putBack();
    throw problem;
  } finally {
    if (through.failed) void reloadLists();
  }
  return through;
}

/** @param {number[]} ids */
const portions = (ids) => Array.from({ length: Math.ceil(ids.length / MOST_IDS) }, (_, at) => ids.slice(at * MOST_IDS, (at + 1) * MOST_IDS));

/** Put back what nobody has changed since. @param {number[]} ids */
export async function undoMany(ids) {
  for (const id of ids) await ended(await postOnce(`/api/bulk/${id}/undo`), "undone");
}
