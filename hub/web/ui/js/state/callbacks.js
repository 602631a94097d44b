import { computed, effect, signal } from "@preact/signals";
import { get, patch, post, request, withQuery } from "../api.js";
import { now } from "../format.js";
import { inTurn } from "./inturn.js";

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

export const loadQueues = inTurn(async () => void (queues.value = (await get("/api/callback-queues")).items));

/** Whether somebody looks at the list: then the places of all are read again when one changes. */
export const listShown = signal(false);

/** Whose open callbacks are held, the last who was asked for last. @type {Set<number>} */
const heldOf = new Set();
const KEPT = 50;

/** @type {ReturnType<typeof setTimeout>|undefined} */
let timer;
/** With every callback it changes how many wait, and the places of the others; many changes ask once. */
function restSoon() {
  timer ??= setTimeout(() => {
    timer = undefined;
    void loadQueues().catch(() => undefined);
    if (listShown.peek()) void readOpen().catch(() => undefined);
  }, 500);
}

/** Who takes calls now, and until when nobody does, tells how long the others wait. */
export const waitsStirred = () => void (listShown.peek() && restSoon());
effect(() => {
  void now.value;
  waitsStirred();
});

/** A callback's entry on a timeline has changed, so it has. @param {import("../types.js").Entry} entry @param {number|null} customerId whose timeline */
export function callbackStirred(entry, customerId) {
  const id = entry.data.callback_id;
  if (listShown.peek() || callbacks.peek().has(id) || heldOf.has(customerId ?? 0)) void loadCallback(id).catch(() => undefined);
  else restSoon();
}

/** A customer has another name, or others were folded into them. @param {number} customerId */
export async function callbackersChanged(customerId) {
  for (const it of callbacks.peek().values()) if (it.customer?.id === customerId) void loadCallback(it.id).catch(() => undefined);
  if (heldOf.has(customerId)) await readCallbacks({ view: "open", queue: null, customer: customerId });
}

/** A list does not say what was tried: that is kept. @param {Callback[]} all */
function keep(all) {
  const next = new Map(callbacks.peek());
  for (const it of all) if (!((next.get(it.id)?.version ?? 0) > it.version)) next.set(it.id, { ...next.get(it.id), ...it });
  callbacks.value = next;
}

/** @param {Callback} next */
export function upsertCallback(next) {
  keep([next]);
  restSoon();
}

/** A page of callbacks; where the next one begins, null on the last.
 * @param {{view: CallbackView, queue: number|null, customer?: number, after?: string|null}} asked @returns {Promise<string|null>} */
export async function readCallbacks(asked) {
  if (asked.customer !== undefined) {
    heldOf.delete(asked.customer);
    heldOf.add(asked.customer);
    for (const id of [...heldOf].slice(0, -KEPT)) heldOf.delete(id);
  }
  return (await readPage(asked)).next;
}

/** @param {{view: CallbackView, queue: number|null, customer?: number, after?: string|null}} asked @returns {Promise<{items: Callback[], next: string|null}>} */
async function readPage({ view, queue, customer, after = null }) {
  const { data } = await request("GET", withQuery("/api/callbacks", { view, queue_id: queue, customer_id: customer, after }));
  keep(data.items);
  return data;
}

/** The places of all that are held: page after page until each was met. Those who are met no more have ended. */
const readOpen = inTurn(async () => {
  const missing = new Set([...callbacks.peek().values()].filter((it) => !isEnded(it)).map((it) => it.id));
  let after = /** @type {string|null} */ (null);
  do {
    const { items, next } = await readPage({ view: "open", queue: null, after });
    for (const { id } of items) missing.delete(id);
    after = next;
  } while (after && missing.size);
  keep(await Promise.all([...missing].map((id) => get(`/api/callbacks/${id}`))));
});

/** After a broken line: what was shown may be stale. @param {number|null} customerId who is looked at */
export async function reloadCallbacks(customerId) {
  const looked = customerId !== null && heldOf.has(customerId);
  heldOf.clear();
  await loadQueues();
  if (looked) await readCallbacks({ view: "open", queue: null, customer: customerId });
  if (callbacks.peek().size) await readOpen();
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
