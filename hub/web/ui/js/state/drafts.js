import { signal } from "@preact/signals";

/**
 * What an agent has begun to write, kept on this device until it is sent.
 *
 * @typedef {import("../types.js").Attachment} Attachment
 * @typedef {{mode: 'reply'|'note', text: string, note: string, subject: string|null, cc: string,
 *   to: {identity_id: number, channel_id: number}|null, attachments: Attachment[],
 *   template: import("../types.js").ChosenTemplate|null}} Draft
 */

/** @type {Draft} */
export const EMPTY = { mode: "reply", text: "", note: "", subject: null, cc: "", to: null, attachments: [], template: null };
const KEY = "draft:";

/** @type {import("@preact/signals").Signal<Map<number, Draft>>} */
const drafts = signal(new Map());

for (let i = 0; i < localStorage.length; i += 1) {
  const key = /** @type {string} */ (localStorage.key(i));
  if (!key.startsWith(KEY)) continue;
  try {
    drafts.peek().set(Number(key.slice(KEY.length)), { ...EMPTY, ...JSON.parse(localStorage.getItem(key) ?? "{}") });
  } catch {
    localStorage.removeItem(key);
  }
}

/** @param {number} conversationId @returns {Draft} */
export const draftOf = (conversationId) => drafts.value.get(conversationId) ?? EMPTY;

/** Whether something is written that would be lost. @param {number} conversationId */
export function hasDraft(conversationId) {
  const draft = drafts.value.get(conversationId);
  return Boolean(draft && (draft.text.trim() || draft.note.trim() || draft.attachments.length || draft.template?.id));
}

/** @param {number} conversationId @param {Partial<Draft>} changes */
export function changeDraft(conversationId, changes) {
  const next = { ...(drafts.peek().get(conversationId) ?? EMPTY), ...changes };
  drafts.value = new Map(drafts.peek()).set(conversationId, next);
  localStorage.setItem(KEY + conversationId, JSON.stringify(next));
}

/** @param {number} conversationId */
export function dropDraft(conversationId) {
  const next = new Map(drafts.peek());
  next.delete(conversationId);
  drafts.value = next;
  localStorage.removeItem(KEY + conversationId);
}
