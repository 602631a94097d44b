import { signal } from "@preact/signals";
import { get, post } from "../api.js";
import { inTurn } from "./inturn.js";

/** Notes in which a colleague named me, and which I have not seen; newest first.
 * @type {import("@preact/signals").Signal<import("../types.js").Mention[]>} */
export const mentions = signal([]);

export const loadMentions = inTurn(async () => void (mentions.value = (await get("/api/me/mentions")).items));

/** @param {number} conversationId */
export async function mentionsSeen(conversationId) {
  if (!mentions.peek().some((it) => it.conversation_id === conversationId)) return;
  mentions.value = mentions.peek().filter((it) => it.conversation_id !== conversationId);
  await post("/api/me/mentions/read", { conversation_id: conversationId });
}

/** Told of what is new, once. @type {Set<(mention: import("../types.js").Mention) => void>} */
export const mentionListeners = new Set();

/** @param {import("../types.js").Mention[]} next */
export function mentionsChanged(next) {
  loadMentions.overtaken();
  const known = new Set(mentions.peek().map((it) => it.entry_id));
  mentions.value = next;
  for (const it of next) if (!known.has(it.entry_id)) for (const listener of mentionListeners) listener(it);
}
