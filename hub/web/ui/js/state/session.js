import { computed, signal } from "@preact/signals";
import { get, patch, post, remove, request, setCsrf } from "../api.js";
import { loadWords } from "../words.js";
import { inTurn } from "./inturn.js";

/** @typedef {import("../types.js").Session} Session */
/** @typedef {import("../types.js").Agent} Agent */

/** @type {import("@preact/signals").Signal<Session|null>} */
export const session = signal(null);
export const me = computed(() => session.value?.agent ?? null);
export const isAdministrator = computed(() => me.value?.role === "administrator");

/** Every agent by id, for names beside ids.
 * @type {import("@preact/signals").Signal<Map<number, Agent>>} */
export const agents = signal(new Map());
export const activeAgents = computed(() =>
  [...agents.value.values()].filter((agent) => !agent.disabled).sort((a, b) => a.name.localeCompare(b.name)),
);

/** @param {Session} next */
export async function begin(next) {
  setCsrf(next.csrf);
  await loadWords(next.locale || navigator.language);
  session.value = next;
}

/** Ask the hub who we are; throws a Problem of status 401 when nobody. */
export const resume = async () => begin((await request("GET", "/api/session", { once: true })).data);
/** @param {string} email @param {string} password */
export const signIn = async (email, password) => begin(await post("/api/session", { email, password }));

export async function signOut() {
  await remove("/api/session");
  location.assign("/sign-in");
}

export const loadAgents = inTurn(async () => {
  const { items } = await get("/api/agents");
  agents.value = new Map(items.map((/** @type {Agent} */ agent) => [agent.id, agent]));
  const mine = agents.peek().get(me.peek()?.id ?? 0);
  if (mine) await keepMe(mine);
});

/** @param {Agent} agent @returns {boolean} whether they are called otherwise now, or I may do other things */
export function upsertAgent(agent) {
  loadAgents.overtaken();
  const known = agents.peek().get(agent.id);
  agents.value = new Map(agents.peek()).set(agent.id, agent);
  const promoted = me.peek()?.id === agent.id && me.peek()?.role !== agent.role;
  if (me.peek()?.id === agent.id) void keepMe(agent);
  return promoted || (known !== undefined && known.name !== agent.name);
}

/** My account as it is now: an administrator may have changed it, or I, on another device. @param {Partial<Agent> & {locale?: string}} agent */
export async function keepMe(agent) {
  const held = session.peek();
  if (!held) return;
  session.value = { ...held, agent: { ...held.agent, ...agent } };
  if (agent.locale) await loadWords(agent.locale);
}

/** @param {Partial<Agent> & {locale?: string}} changes */
export async function changeMe(changes) {
  await keepMe(await patch("/api/me", changes));
}
