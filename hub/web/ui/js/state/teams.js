import { computed, signal } from "@preact/signals";
import { get, patch, post } from "../api.js";
import { inTurn } from "./inturn.js";
import { me } from "./session.js";

/** @typedef {import("../types.js").Team} Team */

/** Every team by id, the archived ones too. @type {import("@preact/signals").Signal<Map<number, Team>>} */
export const teams = signal(new Map());
export const activeTeams = computed(() => [...teams.value.values()].filter((it) => !it.archived).sort((a, b) => a.name.localeCompare(b.name)));
/** The ids of the teams that I am in. @type {import("@preact/signals").ReadonlySignal<ReadonlySet<number>>} */
export const myTeams = computed(() => new Set(activeTeams.value.filter((it) => it.member_ids.includes(me.value?.id ?? 0)).map((it) => it.id)));

export const loadTeams = inTurn(async () => {
  const { items } = await get("/api/teams");
  teams.value = new Map(items.map((/** @type {Team} */ it) => [it.id, it]));
});

/** @param {Team} it */
const keep = (it) => {
  teams.value = new Map(teams.peek()).set(it.id, it);
  return it;
};

/** @param {{name: string, member_ids: number[]}} wanted */
export const createTeam = async (wanted) => keep(await post("/api/teams", wanted));
/** @param {number} id @param {Partial<Team>} changes */
export const changeTeam = async (id, changes) => keep(await patch(`/api/teams/${id}`, changes));
