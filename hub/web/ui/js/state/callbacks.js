import { batch, computed, signal } from "@preact/signals";
import { get, patch, post, request, withQuery } from "../api.js";

/** @typedef {import("../types.js").Callback} Callback */
/** @typedef {import("../types.js").CallbackQueue} Queue */
/** @typedef {'open'|'ended'} CallbackView */

/** @type {import("@preact/signals").Signal<Queue[]>} */
export const queues = signal([]);
export const waitingCount = computed(() => queues.value.reduce((sum, it) => sum + it.now.waiting, 0));

/** The callbacks that were read so far. @type {import("@preact/signals").Signal<Map<number, Callback>>} */
export const callbacks = signal(new Map());

const ENDED = new Set(["done", "expired", "canceled", "voicemail_left"]);
/** @param {Callback} it */
export const isEnded = (it) => ENDED.has(it.state);

export async function loadQueues() {
  const { items } = await get("/api/callback-queues");
  queues.value = items;
}

/** Whether somebody looks at the list: then the places of all are read again when one changes. */
export const listShown = signal(false);

/** @type {ReturnType<typeof setTimeout>|undefined} */
let timer;
/** With every callback it changes how many wait, and the places of the others; many changes ask once. */
function restSoon() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    void loadQueues().catch(() => undefined);
    if (listShown.peek()) void readCallbacks({ view: "open", queue: null }).catch(() => undefined);
  }, 500);
}

/** A callback's entry on a timeline has changed, so it has. @param {import("../types.js").Entry} entry */
export function callbackStirred(entry) {
  if (listShown.peek() || callbacks.peek().has(entry.data.callback_id)) void loadCallback(entry.data.callback_id).catch(() => undefined);
  else restSoon();
}

/** @param {Callback} next */
export function upsertCallback(next) {
  const held = callbacks.peek().get(next.id);
  if (held && held.version > next.version) return;
  callbacks.value = new Map(callbacks.peek()).set(next.id, { ...held, ...next });
  restSoon();
}

/** A page of callbacks; where the next one begins, null on the last.
 * @param {{view: CallbackView, queue: number|null, customer?: number, after?: string|null}} asked @returns {Promise<string|null>} */
export async function readCallbacks({ view, queue, customer, after = null }) {
  const { data } = await request("GET", withQuery("/api/callbacks", { view, queue_id: queue, customer_id: customer, after }));
  batch(() => {
    const all = new Map(callbacks.peek());
    for (const it of data.items) if (!((all.get(it.id)?.version ?? 0) > it.version)) all.set(it.id, it);
    callbacks.value = all;
  });
  return data.next;
}

/** After a broken line: what was shown may be stale. */
export async function reloadCallbacks() {
  await loadQueues();
  if (callbacks.peek().size === 0) return;
  callbacks.value = new Map();
  await readCallbacks({ view: "open", queue: null });
}

/** @param {number} id */
export const loadCallback = async (id) => upsertCallback(await get(`/api/callbacks/${id}`));
/** @param {number} id @param {any} changes */
export const changeCallback = async (id, changes) => upsertCallback(await patch(`/api/callbacks/${id}`, changes));
/** @param {any} wanted @param {string} key @returns {Promise<Callback>} */
export async function askForCallback(wanted, key) {
  const made = await post("/api/callbacks", wanted, key);
  upsertCallback(made);
  return made;
}
