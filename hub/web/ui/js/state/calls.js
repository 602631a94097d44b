import { computed, signal } from "@preact/signals";
import { get, patch, post, postOnce, put, remove } from "../api.js";
import { waitsStirred } from "./callbacks.js";
import { Gone } from "./gone.js";
import { inTurn } from "./inturn.js";
import { me } from "./session.js";

/** @typedef {import("../types.js").Call} Call */
/** @typedef {import("../types.js").AgentCalls} AgentCalls */

/** Calls that are on, and those of mine that are to be wrapped up. @type {import("@preact/signals").Signal<Map<number, Call>>} */
export const calls = signal(new Map());

/** Who takes calls now, by agent. @type {import("@preact/signals").Signal<Map<number, AgentCalls>>} */
export const agentCalls = signal(new Map());

export const mine = computed(() => (me.value ? (agentCalls.value.get(me.value.id) ?? null) : null));

const OVER = new Set(["ended", "missed", "voicemail"]);

/** @param {Call} call */
export const isOver = (call) => call.ended_at !== null || OVER.has(call.state);

/** My telephone in this call, the newest one. @param {Call} call */
export const myLeg = (call) => call.legs.findLast((it) => it.role === "agent" && it.agent?.id === me.value?.id) ?? null;

const RINGS = new Set(["dialing", "ringing"]);

/** My telephone rings, or has been picked up and the call is not taken yet. @param {Call} call */
export function ringsForMe(call) {
  const leg = myLeg(call);
  return leg !== null && !isOver(call) && !leg.accepted && !leg.declined && (RINGS.has(leg.state) || leg.state === "answered");
}

/** I am in this call. @param {Call} call */
export function isMine(call) {
  const leg = myLeg(call);
  return leg !== null && !isOver(call) && leg.accepted && leg.state === "answered";
}

/** The calls that ring for me or that I am in, newest first. */
export const current = computed(() => [...calls.value.values()].filter((it) => ringsForMe(it) || isMine(it)).sort((a, b) => b.id - a.id));

/** Calls that are over and wait for my word of how they ended, newest first. */
export const toWrapUp = computed(() => [...calls.value.values()].filter((it) => isOver(it) && it.wrap_up_agent_id === me.value?.id).sort((a, b) => b.id - a.id));

/** Calls that matter no more. */
const gone = new Gone();

/** @param {Call} next */
export function upsertCall(next) {
  if (gone.isOld(next, calls.peek())) return;
  const all = new Map(calls.peek());
  // one that is over matters to who has yet to say how it ended
  if (isOver(next) && next.wrap_up_agent_id !== me.peek()?.id) {
    all.delete(next.id);
    gone.add(next);
  } else all.set(next.id, next);
  calls.value = all;
}

/** @param {AgentCalls} next */
export function upsertAgentCalls(next) {
  loadCalls.overtaken();
  agentCalls.value = new Map(agentCalls.peek()).set(next.agent_id, next);
  waitsStirred();
  if (next.wrap_up_until) setTimeout(waitsStirred, Date.parse(next.wrap_up_until) - Date.now() + 500);
}

/** They do not work here any more. @param {number} agentId */
export function dropAgentCalls(agentId) {
  loadCalls.overtaken();
  const rest = new Map(agentCalls.peek());
  rest.delete(agentId);
  agentCalls.value = rest;
  waitsStirred();
}

/** Whether they could be given a call: the time after the last one ends without a word. @param {AgentCalls} it @param {number} at */
export const isFree = (it, at) =>
  it.availability === "available" && it.device !== null && it.calls < it.capacity && !(it.wrap_up_until && Date.parse(it.wrap_up_until) > at);

/** The customer of calls has another name, or was folded into another. @param {number} customerId */
export function callersChanged(customerId) {
  for (const it of calls.peek().values()) if (it.customer.id === customerId) void loadCall(it.id).catch(() => undefined);
}

/** @param {number} id */
const loadCall = async (id) => upsertCall(await get(`/api/calls/${id}`));

/** What is on now, after signing in or a broken line; what was held before and is no more is forgotten. */
export const loadCalls = inTurn(async () => {
  const before = calls.peek();
  const [open, states] = await Promise.all([get("/api/calls"), get("/api/agents/availability")]);
  agentCalls.value = new Map(states.items.map((/** @type {AgentCalls} */ it) => [it.agent_id, it]));
  const there = new Set(open.items.map((/** @type {Call} */ it) => it.id));
  calls.value = new Map([...calls.peek()].filter(([id, it]) => there.has(id) || before.get(id) !== it));
  for (const call of open.items) upsertCall(call);
});

/** Do one of a call's next steps. @param {number} id @param {string} step @param {any} [body] */
export async function stepCall(id, step, body) {
  upsertCall(await post(`/api/calls/${id}/${step.replaceAll("_", "-")}`, body));
}

/** Call a customer; my own telephone rings first. @param {number} channelId @param {number} identityId */
export async function placeCall(channelId, identityId) {
  upsertCall(await postOnce("/api/calls", { channel_id: channelId, identity_id: identityId }));
}

/** How it ended, and what is to be remembered. `wrapped_up`: I want to be asked no more.
 * @param {number} id @param {{disposition?: string, notes?: string, wrapped_up?: true}} changes */
export async function noteCall(id, changes) {
  upsertCall(await patch(`/api/calls/${id}`, changes));
}

/** @param {AgentCalls['availability']} availability */
export async function setAvailability(availability) {
  upsertAgentCalls(await put("/api/me/availability", { availability }));
}

/** How many calls at once an agent gets. @param {number} agentId @param {number} capacity */
export async function setCapacity(agentId, capacity) {
  upsertAgentCalls(await put(`/api/agents/${agentId}/capacity`, { capacity }));
}

/** @param {{kind: 'phone'|'sip', address: string}|null} device */
export async function setDevice(device) {
  if (device) return upsertAgentCalls(await put("/api/me/device", device));
  await remove("/api/me/device");
  upsertAgentCalls(await get("/api/me/availability"));
}
