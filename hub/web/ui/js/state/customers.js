import { signal } from "@preact/signals";
import { get, patch, post, put } from "../api.js";
import { callersChanged } from "./calls.js";
import { callbackersChanged } from "./callbacks.js";
import { customersStirred } from "./lists.js";
import { customersTasksChanged, hasTasks } from "./tasks.js";
import { timelineChanged, timelineOf } from "./timelines.js";

/** @typedef {import("../types.js").Customer} Customer */

/** @type {import("@preact/signals").Signal<Map<number, Customer>>} */
const held = signal(new Map());

/** @param {number|null} id @returns {Customer|undefined} */
export const customer = (id) => (id === null ? undefined : held.value.get(id));

/** Answers may overtake each other: an older version never replaces a newer one. @param {Customer} it */
function keep(it) {
  const known = held.peek().get(it.id);
  if (known && known.version > it.version) return known;
  const next = new Map(held.peek());
  next.delete(it.id);
  next.set(it.id, it);
  for (const id of [...next.keys()].slice(0, -50)) next.delete(id);
  held.value = next;
  return it;
}

/** @param {number} id @returns {Promise<Customer>} */
export const loadCustomer = async (id) => keep(await get(`/api/customers/${id}`));

/** @typedef {import("../types.js").Around} Around */

/** The company of customers and the people around them. @type {import("@preact/signals").Signal<Map<number, Around>>} */
const around = signal(new Map());

/** @param {number} id */
export const aroundOf = (id) => around.value.get(id);

/** @param {number} id @param {Around} it */
function keepAround(id, it) {
  const next = new Map(around.peek());
  next.delete(id);
  next.set(id, it);
  for (const old of [...next.keys()].slice(0, -50)) next.delete(old);
  around.value = next;
}

let asked = 0;
/** Which question about whom was the last. @type {Map<number, number>} */
const lastAsked = new Map();

/** @param {number} id */
export async function loadAround(id) {
  const turn = ++asked;
  lastAsked.set(id, turn);
  const it = await get(`/api/customers/${id}/related`);
  if (lastAsked.get(id) === turn) keepAround(id, it);
}

/** @param {number} id @param {number|null} companyId null: of none */
export const setCompany = async (id, companyId) => keepAround(id, await put(`/api/customers/${id}/company`, { company_id: companyId }));

/** @param {string} name @param {string[]} domains @returns {Promise<import("../types.js").Company>} */
export const createCompany = (name, domains) => post("/api/companies", { name, domains });
/** @param {number} id @param {{name?: string, domains?: string[]}} changes @returns {Promise<import("../types.js").Company>} */
export const changeCompany = (id, changes) => patch(`/api/companies/${id}`, changes);

/** Whether the other stands beside this one: as its likely duplicate, or folded into it. @param {Customer} it @param {number} otherId */
const names = (it, otherId) => it.suggestions.some((one) => one.customer.id === otherId) || it.merges.some((one) => one.other.id === otherId);

/** After a broken line: forget whom nobody looks at. @param {number|null} shown */
export async function reloadCustomers(shown) {
  const kept = (/** @type {Map<number, any>} */ all) => new Map([...all].filter(([id]) => id === shown));
  held.value = kept(held.peek());
  around.value = kept(around.peek());
  if (shown !== null) await Promise.all([loadCustomer(shown), loadAround(shown)]);
}

/** A customer changed elsewhere: read again what we hold of them.
 * @param {{id: number, version: number}} change */
export async function customerChanged(change) {
  // a merge, or a conversation that was split, changes the timeline without a word for each entry
  void timelineChanged(change.id, change.version).catch(() => undefined);
  for (const it of held.peek().values()) if (it.id !== change.id && names(it, change.id)) void loadCustomer(it.id).catch(() => undefined);
  customersStirred();
  callersChanged(change.id);
  void callbackersChanged(change.id).catch(() => undefined);
  const known = held.peek().get(change.id);
  if (known || hasTasks(change.id)) void customersTasksChanged(change.id).catch(() => undefined);
  if (around.peek().has(change.id)) void loadAround(change.id).catch(() => undefined);
  if (known && known.version < change.version) await loadCustomer(change.id).catch(() => undefined);
}

/** @param {number} id @param {{name?: string, attributes?: Record<string, any>}} changes */
export async function changeCustomer(id, changes) {
  const before = held.peek().get(id);
  if (before) keep({ ...before, ...changes });
  try {
    await patch(`/api/customers/${id}`, changes);
    await loadCustomer(id);
  } catch (problem) {
    if (before) keep(before);
    throw problem;
  }
}

/** Fold another customer into this one. @param {number} id @param {number} otherId */
export async function merge(id, otherId) {
  await post(`/api/customers/${id}/merge`, { other_id: otherId });
  const merged = await loadCustomer(id);
  await timelineOf(id).reload();
  return merged;
}

/** Take a merge apart again. @param {number} id @param {number} mergeId */
export async function undoMerge(id, mergeId) {
  await post(`/api/merges/${mergeId}/undo`);
  await loadCustomer(id);
  await timelineOf(id).reload();
}

/** @param {number} id @param {number} otherId */
export async function dismissSuggestion(id, otherId) {
  await post(`/api/customers/${id}/suggestions/${otherId}/dismiss`);
  await loadCustomer(id);
}
