import { computed, signal } from "@preact/signals";
import { get, patch, post, remove } from "../api.js";
import { whenChanged } from "./conversations.js";
import { matches } from "./filter.js";
import { inTurn } from "./inturn.js";
import { forgetLists, reader, reloadLists } from "./lists.js";
import { me } from "./session.js";

/** @typedef {import("../types.js").View} View */
/** @typedef {import("../types.js").Conversation} Conversation */

/** Above this the hub does not count. */
export const COUNTED = 1000;

/** The order that the digits of the keyboard know. */
const ORDER = ["open", "mine", "unassigned", "resolved", "snoozed", "following"];
/** @param {string} id @param {Record<string, any>} asked @returns {View} */
const builtIn = (id, asked) => ({
  id, name: "", icon: "", shared: false, owner_id: null, position: 0, sort: "activity", count: null,
  filter: { all: Object.entries(asked).map(([field, value]) => ({ field, op: "is", value })) },
});
/** What everybody has, known before the hub has answered. */
const BUILT_IN = [
  builtIn("open", { state: "open" }),
  builtIn("mine", { state: "open", assignee: "me" }),
  builtIn("unassigned", { state: "open", assignee: null }),
  builtIn("resolved", { state: "resolved" }),
];
/** @type {import("@preact/signals").Signal<View[]>} */
const read = signal(BUILT_IN);
const rank = (/** @type {View} */ it) => {
  const at = ORDER.indexOf(it.id);
  return at >= 0 ? at : it.id.startsWith("team:") ? ORDER.length : ORDER.length + 1;
};

/** Built-in ones first, then those of my teams, then saved ones in the order that was given to them. */
export const views = computed(() => [...read.value].sort((a, b) => rank(a) - rank(b) || (isSaved(a) ? a.position - b.position || a.id.localeCompare(b.id) : 0)));

/** Whether it is not built in. @param {View} it */
export const isSaved = (it) => /^v\d/.test(it.id);
/** Whether I may change it. @param {View} it */
export const mayChange = (it) => isSaved(it) && (it.owner_id === me.value?.id || (it.shared && me.value?.role === "administrator"));

/** The view of an id; the first one when it is gone. @param {string} id @returns {View} */
export const viewOf = (id) => views.value.find((it) => it.id === id) ?? views.value[0];
/** How many conversations a view has; null when it is not counted. @param {string} id */
export const countOf = (id) => viewOf(id).count;

/** Rises with every change that was counted here. */
let counted = 0;
/** When the hub was asked last. */
let asked = 0;

/** The changes of a view that are on their way, and when it was last changed here, in the order of all such changes.
 * @type {Map<string, Promise<any>>} */
const changing = new Map();
/** @type {Map<string, number>} */
const changedAt = new Map();
let changes = 0;

export const loadViews = inTurn(async () => {
  const [before, since] = [counted, changes];
  asked = Date.now();
  const answer = await get("/api/views");
  // what was changed here meanwhile may be older there
  const ours = (/** @type {View} */ it) => changing.has(it.id) || (changedAt.get(it.id) ?? 0) > since;
  const items = answer.items.map((/** @type {View} */ it) => (ours(it) ? { ...it, ...read.peek().find((held) => held.id === it.id), count: it.count } : it));
  if (counted === before) return keep(items);
  // nobody knows whether the answer is from before or after it: ours stay, and the hub is asked again
  keep(items.map((/** @type {View} */ it) => ({ ...it, count: read.peek().find((held) => held.id === it.id)?.count ?? it.count })));
  refreshCounts();
});

/** @param {View[]} next */
function keep(next) {
  const asks = (/** @type {View} */ it) => JSON.stringify([it.filter.all, it.sort]);
  const others = new Map(next.map((it) => [it.id, asks(it)]));
  const changed = read.peek().filter((it) => isSaved(it) && others.get(it.id) !== asks(it)).map((it) => it.id);
  if (changed.length) forgetLists((asked) => asked.view !== null && changed.includes(asked.view));
  read.value = next;
}

/** @type {ReturnType<typeof setTimeout>|undefined} */
let timer;
let due = 0;
/** Between two readings of the counts, in milliseconds: on a busy day there is always a change. What is seen to change
 * here is counted at once. */
const PACE = 5000;
/** The same while nobody sees the page. */
const UNSEEN = 30_000;
/** Ask for the counts soon; many changes ask once. @param {number} [delay] 0: whenever they were asked for last */
export function refreshCounts(delay = 1000) {
  const pace = document.visibilityState === "visible" ? PACE : UNSEEN;
  const at = delay === 0 ? Date.now() : Math.max(Date.now() + delay, asked + pace);
  if (timer && due <= at) return;
  clearTimeout(timer);
  due = at;
  timer = setTimeout(() => {
    timer = undefined;
    // the counts are a hint; the next change asks again
    void loadViews().catch(() => undefined);
  }, at - Date.now());
}
document.addEventListener("visibilitychange", () => timer && refreshCounts());

/** After a broken line. */
export function reloadViews() {
  refreshCounts(0);
  return reloadLists();
}

/** A change that is seen here counts at once; the hub is asked soon. */
whenChanged((changed) => {
  if (!changed.some(({ before, next }) => before && before !== next)) return;
  const who = reader();
  const inside = (/** @type {View} */ view, /** @type {Conversation} */ it) => (matches(view.filter, it, who) ? 1 : 0);
  let differs = false;
  const next = read.peek().map((view) => {
    if (view.count === null || view.count >= COUNTED) return view;
    const delta = changed.reduce((sum, it) => sum + (it.before ? inside(view, it.next) - inside(view, it.before) : 0), 0);
    if (!delta) return view;
    differs = true;
    return { ...view, count: Math.max(0, view.count + delta) };
  });
  if (differs) {
    counted += 1;
    read.value = next;
    refreshCounts();
  }
});

/** @param {Pick<View, 'name'|'icon'|'shared'|'filter'|'sort'>} wanted @returns {Promise<View>} */
export async function createView(wanted) {
  const made = await post("/api/views", wanted);
  keep([...read.peek(), made]);
  return made;
}

/** At once on the screen; to the hub one change after the other, so that the last one counts.
 * @param {string} id @param {Partial<View>} change */
export async function changeView(id, change) {
  const before = read.peek();
  keep(before.map((it) => (it.id === id ? { ...it, ...change } : it)));
  const mine = (changing.get(id) ?? Promise.resolve()).catch(() => undefined).then(() => patch(`/api/views/${id}`, change));
  changing.set(id, mine);
  try {
    const answer = await mine;
    if (changing.get(id) === mine) keep(read.peek().map((it) => (it.id === id ? { ...it, ...answer } : it)));
  } catch (problem) {
    keep(before);
    throw problem;
  } finally {
    changes += 1;
    changedAt.set(id, changes);
    if (changing.get(id) === mine) changing.delete(id);
  }
}

/** @param {View} view */
export async function removeView(view) {
  await remove(`/api/views/${view.id}`);
  keep(read.peek().filter((it) => it.id !== view.id));
}

/** Move a saved view to another place among those that I may change. @param {string} id @param {number} to */
export async function moveView(id, to) {
  const movable = views.peek().filter(mayChange);
  const from = movable.findIndex((it) => it.id === id);
  if (from < 0 || to < 0 || to >= movable.length || from === to) return;
  const [moved] = movable.splice(from, 1);
  movable.splice(to, 0, moved);
  const places = movable.map((it, at) => ({ it, at: at + 1 })).filter(({ it, at }) => it.position !== at);
  await Promise.all(places.map(({ it, at }) => changeView(it.id, { position: at })));
}
