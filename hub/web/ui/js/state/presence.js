import { signal } from "@preact/signals";
import { me } from "./session.js";

/** @typedef {import("../types.js").Viewer} Viewer */

/** @type {import("@preact/signals").Signal<Map<number, Viewer[]>>} */
const viewers = signal(new Map());

/** The colleagues who have this conversation open. @param {number|null} conversationId @returns {Viewer[]} */
export const othersAt = (conversationId) =>
  (conversationId === null ? [] : (viewers.value.get(conversationId) ?? [])).filter((viewer) => viewer.id !== me.value?.id);

/** @param {number} conversationId @param {Viewer[]} agents */
export function setPresence(conversationId, agents) {
  const next = new Map(viewers.peek());
  if (agents.length) next.set(conversationId, agents);
  else next.delete(conversationId);
  viewers.value = next;
}

export const clearPresence = () => (viewers.value = new Map());
