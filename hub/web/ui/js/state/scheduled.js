import { computed, signal } from "@preact/signals";
import { freshKey, get, patch, post, request } from "../api.js";
import { conversation } from "./conversations.js";
import { changeDraft, draftOf } from "./drafts.js";
import { Gone } from "./gone.js";
import { me } from "./session.js";
import { timelineOf } from "./timelines.js";

/**
 * Messages that go out later. One that waits only to be undone stands on the timeline already.
 *
 * @typedef {import("../types.js").Scheduled} Scheduled
 */

/** @type {import("@preact/signals").Signal<Map<number, Scheduled>>} */
const all = signal(new Map());
const OPEN = ["waiting", "held_back", "failed"];
/** After its time the hub should have told what became of it; if not, it is asked. */
const GRACE = 3000;

/** Those of a conversation that are still there, oldest first. @param {number} conversationId */
export const scheduledOf = (conversationId) =>
  [...all.value.values()].filter((it) => it.conversation_id === conversationId && OPEN.includes(it.state)).sort((a, b) => a.id - b.id);

/** @param {number} id */
export const scheduled = (id) => all.value.get(id);

/** My newest message that can still be undone. */
export const undoable = computed(() => [...all.value.values()].filter((it) => it.hold && it.state === "waiting" && it.agent.id === me.value?.id).at(-1) ?? null);

/** Conversations that something is just being sent in, which stands on the timeline already: the news may be faster than the
 * answer. @type {Set<number>} */
export const sendingIn = new Set();

/** The id of its entry on the timeline, until it has one. @param {Scheduled} it */
const previewId = (it) => -it.id;

/** Those that are no longer there. */
const gone = new Gone();

/** @param {Scheduled} it */
export function upsertScheduled(it) {
  if (gone.isOld(it, all.peek())) return;
  const next = new Map(all.peek());
  if (OPEN.includes(it.state)) next.set(it.id, it);
  else {
    next.delete(it.id);
    gone.add(it);
  }
  all.value = next;
  show(it);
}

/** @param {Scheduled} it */
function show(it) {
  const customerId = conversation(it.conversation_id)?.customer.id;
  if (customerId === undefined) return;
  if (it.hold && it.state === "waiting") {
    if (!sendingIn.has(it.conversation_id)) timelineOf(customerId).upsert(preview(it));
    setTimeout(() => void check(it), Math.max(0, Date.parse(it.send_at) - Date.now()) + GRACE);
  } else timelineOf(customerId).drop(previewId(it));
}

/** On a timeline that was read anew. @param {number} customerId */
export function showHeld(customerId) {
  for (const it of all.peek().values()) if (conversation(it.conversation_id)?.customer.id === customerId) show(it);
}

/** The line may be silent: what is no longer there went out. @param {Scheduled} it */
async function check(it) {
  if (all.peek().get(it.id)?.version !== it.version) return;
  const items = await loadScheduled(it.conversation_id).catch(() => null);
  const customerId = conversation(it.conversation_id)?.customer.id;
  if (items && customerId !== undefined && !items.some((other) => other.id === it.id)) await timelineOf(customerId).reload().catch(() => undefined);
}

/** @param {number} conversationId @returns {Promise<Scheduled[]>} */
export async function loadScheduled(conversationId) {
  const before = all.peek();
  /** @type {{items: Scheduled[]}} */
  const { items } = await get(`/api/conversations/${conversationId}/scheduled`);
  const there = new Set(items.map((it) => it.id));
  // what came while the answer was on its way is not gone
  const lost = [...all.peek().values()].filter((it) => it.conversation_id === conversationId && !there.has(it.id) && before.get(it.id) === it);
  for (const it of lost) upsertScheduled({ ...it, state: "sent" });
  items.forEach(upsertScheduled);
  return items;
}

/** After a broken line. @param {number|null} conversationId which is looked at */
export async function reloadScheduled(conversationId) {
  const ids = new Set([...all.peek().values()].map((it) => it.conversation_id));
  if (conversationId !== null) ids.add(conversationId);
  await Promise.all([...ids].map(loadScheduled));
}

/** It does not go out, and its words are in the composer again. @param {number} id */
export async function takeBack(id) {
  /** @type {Scheduled} */
  const it = (await request("DELETE", `/api/scheduled/${id}`)).data;
  upsertScheduled(it);
  const draft = draftOf(it.conversation_id);
  const joined = (/** @type {string} */ a, /** @type {string} */ b) => [a, b].filter((words) => words.trim()).join("\n\n");
  changeDraft(it.conversation_id, {
    mode: "reply",
    to: { identity_id: it.to_identity_id, channel_id: it.channel_id },
    subject: it.subject ?? draft.subject,
    cc: it.cc.join(", "),
    attachments: [...draft.attachments, ...it.attachments],
    ...(it.template ? { template: { id: it.template.id, variables: it.variables } } : { text: joined(it.text, draft.text), html: draft.text.trim() ? null : it.html }),
  });
  return it;
}

/** It is dropped for good. @param {number} id */
export async function discard(id) {
  upsertScheduled((await request("DELETE", `/api/scheduled/${id}`)).data);
}

/** @param {number} id @param {boolean} [confirmNewer] */
export async function sendNow(id, confirmNewer = false) {
  upsertScheduled(await post(`/api/scheduled/${id}/send-now`, { confirm_newer: confirmNewer }, freshKey()));
}

/** @param {number} id @param {string} at */
export async function changeTime(id, at) {
  upsertScheduled(await patch(`/api/scheduled/${id}`, { send_at: at }));
}

/** How it looks before it is an entry. @param {Scheduled} it @returns {import("../types.js").Entry} */
function preview(it) {
  return {
    id: previewId(it),
    version: it.version,
    seq: Number.MAX_SAFE_INTEGER,
    conversation_id: it.conversation_id,
    identity_id: it.to_identity_id,
    kind: "message",
    direction: "out",
    occurred_at: it.created_at,
    created_at: it.created_at,
    channel: null,
    author: { type: "agent", id: it.agent.id, name: it.agent.name },
    subject: it.subject,
    text: it.text,
    has_more_text: false,
    has_html: false,
    remote_images: 0,
    to: [{ address: it.address, name: null, role: "to" }],
    attachments: it.attachments,
    automatic: "no",
    data: { scheduled_id: it.id },
    delivery: { state: "queued", since: it.created_at, address: it.address, channel_id: it.channel_id, code: null, reason: null, next_steps: [], recipients: [] },
    pending: true,
  };
}
