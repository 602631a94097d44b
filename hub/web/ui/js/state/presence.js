import { signal } from "@preact/signals";
import { me } from "./session.js";

/** @typedef {import("../types.js").Viewer} Viewer */

/** @type {import("@preact/signals").Signal<Map<number, Viewer[]>>} */
const viewers = signal(new Map());

/** The colleagues who have this conversation open. @param {number|null} conversationId @returns {Viewer[]} */
export const othersAt = (conversationId) =>
  (conversationId === null ? [] : (viewers.value.get(conversationId) ?? [])).filter((viewer) => viewer.id !== me.value?.id);

/** @type {import("@preact/signals").Signal<Set<number>>} */
const customersWriting = signal(new Set());

/** Whether the customer is writing in this conversation now. @param {number|null} conversationId */
export const customerWrites = (conversationId) => conversationId !== null && customersWriting.value.has(conversationId);

/** @param {number} conversationId @param {Viewer[]} agents @param {boolean} [writes] the customer */
export function setPresence(conversationId, agents, writes = false) {
  if (writes !== customersWriting.peek().has(conversationId)) {
    const writing = new Set(customersWriting.peek());
    if (writes) writing.add(conversationId);
    else writing.delete(conversationId);
    customersWriting.value = writing;
  }
  const next = new Map(viewers.peek());
  if (agents.length) next.set(conversationId, agents);
  else next.delete(conversationId);
  viewers.value = next;
}

export function clearPresence() {
  viewers.value = new Map();
  customersWriting.value = new Set();
}
