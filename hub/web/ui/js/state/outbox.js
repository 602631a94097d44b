import { effect, signal } from "@preact/signals";
import { freshKey, post, reachable } from "../api.js";
import { connection } from "../live.js";
import { upsertConversation, conversation } from "./conversations.js";
import { sendingIn, showHeld, upsertScheduled } from "./scheduled.js";
import { me } from "./session.js";
import { timelineOf } from "./timelines.js";

/**
 * What was sent from this page and is not yet at the hub. Each has its own key, so trying again never sends twice;
 * what was written without a connection waits on this device and goes when the connection is back.
 *
 * @typedef {import("../types.js").Entry} Entry
 * @typedef {{key: string, id: number, customerId: number, conversationId: number, path: string, body: any, at: string,
 *   address: string|null, text?: string}} Sending text: how a template reads
 */

const KEY = "outbox";
/** The longest wait between two tries, in milliseconds. */
const LONGEST_WAIT = 8_000;

/** @type {import("@preact/signals").Signal<Sending[]>} */
export const waiting = signal(read());

/** @returns {Sending[]} */
function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "[]");
  } catch {
    return [];
  }
}

/** @param {Sending[]} next */
function keep(next) {
  waiting.value = next;
  localStorage.setItem(KEY, JSON.stringify(next));
}

let lastId = 0;

const PATHS = { message: "messages", note: "notes", later: "scheduled" };

/** Write a message, one that goes out later, or a note: on the timeline at once, at the hub as soon as it is reached.
 * Throws the hub's Problem when it refuses (a newer message, a suppressed address), and then nothing was sent.
 * @param {{customerId: number, conversationId: number, kind: keyof typeof PATHS, body: any, address: string|null, text?: string}} what
 * @returns {Promise<Entry|import("../types.js").Scheduled|null>} what it became, or null while it waits for a connection */
export async function write({ customerId, conversationId, kind, body, address, text }) {
  lastId = Math.min(lastId - 1, -Date.now());
  /** @type {Sending} */
  const sending = {
    key: freshKey(),
    id: lastId,
    customerId,
    conversationId,
    path: `/api/conversations/${conversationId}/${PATHS[kind]}`,
    body,
    at: new Date().toISOString(),
    address,
    text,
  };
  timelineOf(customerId).upsert(preview(sending));
  keep([...waiting.peek(), sending]);
  const entry = await deliver(sending);
  if (entry === null) later();
  return entry;
}

/** @param {Sending} sending @returns {Promise<Entry|import("../types.js").Scheduled|null>} */
async function deliver(sending) {
  const later = sending.path.endsWith("/scheduled");
  try {
    if (later) sendingIn.add(sending.conversationId);
    const made = await post(sending.path, sending.body, sending.key);
    sendingIn.delete(sending.conversationId);
    const timeline = timelineOf(sending.customerId);
    timeline.drop(sending.id);
    if (later) upsertScheduled(made);
    else timeline.upsert(made);
    keep(waiting.peek().filter((it) => it.key !== sending.key));
    if (!later) bump(sending, made);
    return made;
  } catch (problem) {
    sendingIn.delete(sending.conversationId);
    if (/** @type {import("../api.js").Problem} */ (problem).passing) return null;
    timelineOf(sending.customerId).drop(sending.id);
    keep(waiting.peek().filter((it) => it.key !== sending.key));
    throw problem;
  }
}

/** The list shows the answer before the event comes. @param {Sending} sending @param {Entry} entry */
function bump(sending, entry) {
  const held = conversation(sending.conversationId);
  if (held && entry.occurred_at > held.last_entry_at)
    upsertConversation({ ...held, last_entry_at: entry.occurred_at, preview: entry.text.slice(0, 140), last_direction: entry.direction, waiting_since: entry.kind === "note" ? held.waiting_since : null });
}

/** How a message looks before the hub has it. @param {Sending} it @returns {Entry} */
function preview(it) {
  const note = it.path.endsWith("/notes");
  const agent = me.peek();
  return {
    id: it.id,
    version: 0,
    seq: Number.MAX_SAFE_INTEGER,
    conversation_id: it.conversationId,
    identity_id: it.body.to_identity_id ?? null,
    kind: note ? "note" : "message",
    direction: note ? "internal" : "out",
    occurred_at: it.at,
    created_at: it.at,
    channel: null,
    author: { type: "agent", id: agent?.id ?? null, name: agent?.name ?? null },
    subject: null,
    text: it.text ?? it.body.text,
    has_more_text: false,
    has_html: false,
    remote_images: 0,
    to: it.address ? [{ address: it.address, name: null, role: "to" }] : [],
    attachments: [],
    automatic: "no",
    data: {},
    delivery: note ? null : { state: "queued", since: it.at, address: it.address ?? "", channel_id: it.body.channel_id, code: null, reason: null, next_steps: [], recipients: [] },
    pending: true,
  };
}

/** Show again what waits, on a timeline that was read anew. @param {number} customerId */
export function showWaiting(customerId) {
  for (const it of waiting.peek()) if (it.customerId === customerId) timelineOf(customerId).upsert(preview(it));
  showHeld(customerId);
}

/** What the hub refused after the writer had gone on. */
export const refused = signal(/** @type {{sending: Sending, problem: import("../api.js").Problem}|null} */ (null));

let flushing = false;
let failures = 0;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let timer;

/** Tried again by itself too: the live line may be up while one request breaks off. */
function later() {
  clearTimeout(timer);
  timer = setTimeout(flush, Math.random() * Math.min(LONGEST_WAIT, 500 * 2 ** failures));
  failures += 1;
}

async function flush() {
  if (flushing || !me.peek()) return;
  flushing = true;
  try {
    for (const sending of waiting.peek()) {
      try {
        if ((await deliver(sending)) === null) return later();
      } catch (problem) {
        refused.value = { sending, problem: /** @type {import("../api.js").Problem} */ (problem) };
      }
    }
    failures = 0;
  } finally {
    flushing = false;
  }
}

effect(() => {
  if (me.value && connection.value === "live" && reachable.value && waiting.peek().length > 0) setTimeout(flush, 0);
});
