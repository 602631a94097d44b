import { effect, signal } from "@preact/signals";
import { get, request } from "../api.js";
import { connection } from "../live.js";
import { me } from "./session.js";

/**
 * What an agent has begun to write: on this device at once, at the hub after a pause, from where their other devices have
 * it. While it is being changed here, here counts.
 *
 * @typedef {import("../types.js").Attachment} Attachment
 * @typedef {{mode: 'reply'|'note', text: string, note: string, html: string|null, subject: string|null, cc: string,
 *   to: {identity_id: number, channel_id: number}|null, attachments: Attachment[],
 *   template: import("../types.js").ChosenTemplate|null, mentions: number[]}} Draft html: the text with its looks
 * @typedef {Draft & {version: number, dirty: boolean}} Held version: the hub's that it follows; dirty: the hub has it not yet
 */

/** @type {Draft} */
export const EMPTY = { mode: "reply", text: "", note: "", html: null, subject: null, cc: "", to: null, attachments: [], template: null, mentions: [] };
const KEY = "draft:";
const OWNER = "drafts-of";
/** How long the agent pauses before the hub is told, in milliseconds. */
const PAUSE = 1200;
/** Browsers let only so much go on when the page is left, in characters. */
const KEPT_ALIVE = 50_000;

/** @type {import("@preact/signals").Signal<Map<number, Held>>} */
const drafts = signal(new Map());

for (let i = 0; i < localStorage.length; i += 1) {
  const key = /** @type {string} */ (localStorage.key(i));
  if (!key.startsWith(KEY)) continue;
  try {
    drafts.peek().set(Number(key.slice(KEY.length)), { ...EMPTY, version: 0, dirty: true, ...JSON.parse(localStorage.getItem(key) ?? "{}") });
  } catch {
    localStorage.removeItem(key);
  }
}

/** @param {number} conversationId @returns {Draft} */
export const draftOf = (conversationId) => drafts.value.get(conversationId) ?? EMPTY;

/** @param {Draft|undefined} draft */
const written = (draft) => Boolean(draft && (draft.text.trim() || draft.note.trim() || draft.attachments.length || draft.template?.id));

/** Whether something is written that would be lost. @param {number} conversationId */
export const hasDraft = (conversationId) => written(drafts.value.get(conversationId));

/** Words without looks take the place of those that had some.
 * @param {number} conversationId @param {Partial<Draft>} changes */
export function changeDraft(conversationId, changes) {
  const held = drafts.peek().get(conversationId) ?? { ...EMPTY, version: 0, dirty: false };
  const html = changes.text === undefined || changes.html !== undefined ? {} : { html: null };
  keep(conversationId, { ...held, ...html, ...changes, dirty: true });
  later(conversationId);
}

/** @param {number} conversationId */
export function dropDraft(conversationId) {
  if (!drafts.peek().has(conversationId)) return;
  changeDraft(conversationId, EMPTY);
  later(conversationId, 0); // what was sent must not wait to be sent again on another device
}

/** @param {number} conversationId @param {Held|null} next */
function keep(conversationId, next) {
  const all = new Map(drafts.peek());
  if (next) all.set(conversationId, next);
  else all.delete(conversationId);
  drafts.value = all;
  if (next) localStorage.setItem(KEY + conversationId, JSON.stringify(next));
  else localStorage.removeItem(KEY + conversationId);
}

/** @type {Map<number, ReturnType<typeof setTimeout>>} */
const timers = new Map();
/** @type {Set<number>} */
const saving = new Set();
/** What the hub told of a draft while it was being saved here. @type {Map<number, any>} */
const meanwhile = new Map();

/** @param {number} conversationId @param {number} [pause] */
function later(conversationId, pause = PAUSE) {
  clearTimeout(timers.get(conversationId));
  timers.set(conversationId, setTimeout(() => void save(conversationId), pause));
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") for (const [id, held] of drafts.peek()) if (held.dirty) void save(id);
});

/** One at a time for each draft; what changed meanwhile is saved after it. @param {number} conversationId */
async function save(conversationId) {
  const held = drafts.peek().get(conversationId);
  if (!held?.dirty || !me.peek()) return;
  if (saving.has(conversationId)) return later(conversationId);
  saving.add(conversationId);
  try {
    const version = written(held) || held.subject !== null || held.cc ? await store(conversationId, held) : await forget(conversationId, held);
    const now = drafts.peek().get(conversationId);
    if (now === held) keep(conversationId, version ? { ...held, version, dirty: false } : emptied(held));
    else if (now) {
      keep(conversationId, { ...now, version });
      later(conversationId);
    }
  } catch (problem) {
    // a conversation that is gone needs no draft; whatever else is in the way, it is tried again when the line is back
    if (/** @type {any} */ (problem).status === 404) keep(conversationId, null);
  } finally {
    saving.delete(conversationId);
    const news = meanwhile.get(conversationId);
    meanwhile.delete(conversationId);
    if (news) draftChanged(conversationId, news); // another device's words may be newer than what was saved
  }
}

/** The new version; what is written here goes over what another device wrote meanwhile.
 * @param {number} conversationId @param {Held} held @returns {Promise<number>} */
async function store(conversationId, held) {
  const { version, dirty, attachments, ...content } = held;
  const template = content.template?.id ? content.template : null;
  const body = { content: { ...content, template, attachment_ids: attachments.map((it) => it.id) }, version };
  const path = `/api/conversations/${conversationId}/draft`;
  const put = async (/** @type {any} */ given) => (await request("PUT", path, { body: given, keepalive: JSON.stringify(given).length < KEPT_ALIVE })).data.version;
  try {
    return await put(body);
  } catch (problem) {
    const refusal = /** @type {import("../api.js").Problem} */ (problem);
    if (refusal.code !== "stale_draft") throw problem;
    return await put({ ...body, version: refusal.body.draft?.version ?? 0 });
  }
}

/** What is left where nothing is written any more: whether one writes notes. @param {Held} held @returns {Held|null} */
const emptied = ({ mode }) => (mode === "note" ? { ...EMPTY, mode, version: 0, dirty: false } : null);

/** @param {number} conversationId @param {Held} held @returns {Promise<number>} */
async function forget(conversationId, held) {
  if (held.version) await request("DELETE", `/api/conversations/${conversationId}/draft`, { keepalive: true });
  return 0;
}

/** What the hub has of a draft; null: it was sent or dropped. @param {number} conversationId @param {any} draft */
export function draftChanged(conversationId, draft) {
  const held = drafts.peek().get(conversationId);
  if (saving.has(conversationId)) return void (draft && meanwhile.set(conversationId, draft));
  if (held?.dirty) return;
  if (!draft) return held && keep(conversationId, emptied(held));
  if (held && draft.version <= held.version) return;
  keep(conversationId, { ...EMPTY, ...draft.content, attachments: draft.attachments, version: draft.version, dirty: false });
}

/** Once somebody is signed in: what their other devices wrote. What another person wrote on this one is theirs. */
export async function loadDrafts() {
  const owner = String(me.peek()?.id);
  if (localStorage.getItem(OWNER) !== null && localStorage.getItem(OWNER) !== owner) for (const id of [...drafts.peek().keys()]) keep(id, null);
  localStorage.setItem(OWNER, owner);
  const before = drafts.peek();
  const { items } = await get("/api/drafts");
  const there = new Set(items.map((/** @type {any} */ it) => it.conversation_id));
  for (const it of items) draftChanged(it.conversation_id, it);
  for (const [id, held] of drafts.peek()) if (held.version && !held.dirty && !there.has(id) && before.get(id) === held) keep(id, null);
}

effect(() => {
  if (!me.value || connection.value !== "live") return;
  for (const [id, held] of drafts.peek()) if (held.dirty) later(id);
});
