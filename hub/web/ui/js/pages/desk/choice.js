import { computed, signal } from "@preact/signals";
import { go } from "../../router.js";
import { clearSelection } from "../../state/bulk.js";
import { sameFilter } from "../../state/filter.js";
import { listOf } from "../../state/lists.js";
import { leaderOf } from "../../state/related.js";
import { viewOf } from "../../state/views.js";
import { hasWords, t } from "../../words.js";

/** @typedef {import("../../types.js").Filter} Filter */
/** @typedef {import("../../types.js").Sort} Sort */

const chosen = signal(sessionStorage.getItem("view") ?? "open");
/** Which view is shown. */
export const view = computed(() => viewOf(chosen.value));
/** What is asked for instead of the view's own filter; null: what the view asks for. */
export const draft = signal(/** @type {Filter|null} */ (null));

/** The order that an agent likes for a view, on this device. @type {import("@preact/signals").Signal<Record<string, Sort>>} */
const sorts = signal(JSON.parse(localStorage.getItem("sorts") ?? "{}"));
export const sort = computed(() => sorts.value[view.value.id] ?? view.value.sort);
/** @param {Sort} wanted */
export function chooseSort(wanted) {
  sorts.value = { ...sorts.peek(), [view.peek().id]: wanted };
  localStorage.setItem("sorts", JSON.stringify(sorts.peek()));
  clearSelection();
}

export const filter = computed(() => draft.value ?? view.value.filter);
/** @param {Filter} wanted */
export function chooseFilter(wanted) {
  draft.value = sameFilter(wanted, view.peek().filter) ? null : wanted;
  clearSelection();
}

/** The list that is shown. */
export const list = computed(() => {
  const plain = draft.value === null && sort.value === view.value.sort;
  return listOf({ view: plain ? view.value.id : null, filter: filter.value, sort: sort.value });
});

export const composingNew = signal(false);
/** The first message of a conversation that was undone, to be written again. @type {import("@preact/signals").Signal<import("../../types.js").Scheduled|null>} */
export const takenBack = signal(null);
/** The thread whose entries stand out while the others are dimmed. */
export const focusedThread = signal(/** @type {number|null} */ (null));

/** @param {string} id */
export function chooseView(id) {
  chosen.value = id;
  draft.value = null;
  sessionStorage.setItem("view", id);
  clearSelection();
}

/** What a view is called. @param {import("../../types.js").View} it */
export const viewName = (it) => (hasWords(`view-${it.id}`) ? t(`view-${it.id}`) : it.name);

/** @param {number} id */
export const openConversation = (id) => go(`/conversations/${id}`);

/** The conversation after or before this one in the list. @param {number|null} id @param {1|-1} step */
export function neighbour(id, step) {
  const ids = list.peek().ids.peek();
  const at = id === null ? -1 : ids.indexOf(id);
  if (at < 0) return ids[0] ?? null;
  return ids[at + step] ?? null;
}

/** The rail's colour: the same conversation always has the same. @param {number} conversationId */
export const threadTint = (conversationId) => `thread-${(leaderOf(conversationId) % 6) + 1}`;

/** Whether another thread stands out. @param {number} conversationId */
export const dims = (conversationId) => focusedThread.value !== null && focusedThread.value !== leaderOf(conversationId);
