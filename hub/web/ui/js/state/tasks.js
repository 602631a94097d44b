import { computed, signal } from "@preact/signals";
import { get, patch, post, remove, withQuery } from "../api.js";
import { now } from "../format.js";
import { Gone } from "./gone.js";
import { me } from "./session.js";

/** @typedef {import("../types.js").Task} Task */

/** Every task that was read. @type {import("@preact/signals").Signal<Map<number, Task>>} */
export const tasks = signal(new Map());

/** Told of every task that comes live, before it is held. @type {Set<(task: Task, held: Task|undefined) => void>} */
export const taskListeners = new Set();

/** @param {Task} task */
export function taskChanged(task) {
  for (const listener of taskListeners) listener(task, tasks.peek().get(task.id));
  upsertTasks([task]);
}

/** Those that were deleted. */
const gone = new Gone();

/** Tasks come from events and answers; an older version never replaces a newer one. @param {Task[]} all */
export function upsertTasks(all) {
  const next = new Map(tasks.peek());
  for (const it of all) {
    if (gone.isOld(it, next)) continue;
    if (it.deleted) {
      gone.add(it);
      next.delete(it.id);
    } else next.set(it.id, it);
  }
  tasks.value = next;
}

/** When it is due, undated ones last. @param {Task} it */
const dueAt = (it) => (it.due_at ? Date.parse(it.due_at) : Infinity);

/** A customer's: the open ones by when they are due, then the done ones, newest first. @param {number} customerId */
export function tasksOf(customerId) {
  const own = [...tasks.value.values()].filter((it) => it.customer.id === customerId);
  return {
    open: own.filter((it) => !it.done_at).sort((a, b) => dueAt(a) - dueAt(b) || a.id - b.id),
    done: own.filter((it) => it.done_at).sort((a, b) => (/** @type {string} */ (a.done_at) < /** @type {string} */ (b.done_at) ? 1 : -1)),
  };
}

/** What I have to do, the next first. */
export const mine = computed(() => [...tasks.value.values()].filter((it) => it.assignee_id === me.value?.id && !it.done_at).sort((a, b) => dueAt(a) - dueAt(b) || a.id - b.id));
/** Those of them whose time has come. */
export const dueCount = computed(() => mine.value.filter((it) => dueAt(it) <= now.value).length);
/** Where the rest of mine begins; null when all are held, undefined before they were asked for. */
export const mineNext = signal(/** @type {string|null|undefined} */ (undefined));

/** Mine, due first; from where the last page ended, or anew. @param {string|null} [after] */
export async function loadMine(after = null) {
  mineNext.value = await loadTasks({ assignee: "me", sort: "due", after });
}

/** @param {{customer?: number, assignee?: 'me', sort?: 'newest'|'due', state?: 'open'|'done'|'all', after?: string|null}} asked @returns {Promise<string|null>} where the next page begins */
export async function loadTasks(asked) {
  const { items, next } = await get(withQuery("/api/tasks", { limit: 100, ...asked }));
  upsertTasks(items);
  return next;
}

/** @param {{text: string, customer_id?: number, conversation_id?: number, entry_id?: number, due_at?: string|null, assignee_id?: number|null}} wanted
 * @returns {Promise<Task>} */
export async function addTask(wanted) {
  const made = await post("/api/tasks", wanted);
  upsertTasks([made]);
  return made;
}

/** At once on the screen, then on the hub; put back what the hub refuses.
 * @param {number} id @param {{text?: string, due_at?: string|null, assignee_id?: number|null, done?: boolean}} change */
export async function changeTask(id, change) {
  const before = tasks.peek().get(id);
  if (before) {
    const { done, ...rest } = change;
    const done_at = done === undefined ? before.done_at : done ? new Date().toISOString() : null;
    tasks.value = new Map(tasks.peek()).set(id, { ...before, ...rest, done_at });
  }
  try {
    upsertTasks([await patch(`/api/tasks/${id}`, change)]);
  } catch (problem) {
    if (before && tasks.peek().get(id)?.version === before.version) tasks.value = new Map(tasks.peek()).set(id, before);
    throw problem;
  }
}

/** @param {number} id */
export async function deleteTask(id) {
  await remove(`/api/tasks/${id}`);
  gone.add({ id, version: Infinity });
  const next = new Map(tasks.peek());
  next.delete(id);
  tasks.value = next;
}

/** @param {number} customerId */
export const hasTasks = (customerId) => [...tasks.peek().values()].some((it) => it.customer.id === customerId);

/** A merge gave them to another customer, or took them away; or the customer has another name. @param {number} customerId */
export async function customersTasksChanged(customerId) {
  const theirs = () => [...tasks.peek().values()].filter((it) => it.customer.id === customerId);
  const before = new Set(theirs().map((it) => it.id));
  const { items } = await get(withQuery("/api/tasks", { limit: 100, customer: customerId, state: "all" }));
  const there = new Set(items.map((/** @type {Task} */ it) => it.id));
  const oldest = items.length < 100 ? 0 : items[items.length - 1].id;
  const next = new Map(tasks.peek());
  for (const { id } of theirs()) if (before.has(id) && !there.has(id) && id > oldest) next.delete(id);
  tasks.value = next;
  upsertTasks(items);
}

/** After a broken line: what is done or deleted since is not told again. @param {number|null} customerId who is looked at */
export async function reloadTasks(customerId) {
  tasks.value = new Map();
  mineNext.value = undefined;
  await loadMine();
  if (customerId !== null) await loadTasks({ customer: customerId, state: "all" });
}
