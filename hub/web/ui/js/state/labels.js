import { computed, signal } from "@preact/signals";
import { get, patch, post } from "../api.js";
import { inTurn } from "./inturn.js";

/** @typedef {import("../types.js").Label} Label */

/** Every label by id, the archived ones too: old conversations carry them. @type {import("@preact/signals").Signal<Map<number, Label>>} */
export const labels = signal(new Map());
/** Those that can be given, by name. */
export const activeLabels = computed(() => [...labels.value.values()].filter((it) => !it.archived).sort((a, b) => a.name.localeCompare(b.name)));

/** @param {number[]} ids @returns {Label[]} */
export const labelsOf = (ids) => /** @type {Label[]} */ (ids.map((id) => labels.value.get(id)).filter((it) => it !== undefined)).sort((a, b) => a.name.localeCompare(b.name));

export const loadLabels = inTurn(async () => {
  const { items } = await get("/api/labels");
  labels.value = new Map(items.map((/** @type {Label} */ it) => [it.id, it]));
});

/** @param {Label} it */
const keep = (it) => {
  labels.value = new Map(labels.peek()).set(it.id, it);
  return it;
};

/** @param {{name: string, tint: number}} wanted @returns {Promise<Label>} */
export const createLabel = async (wanted) => keep(await post("/api/labels", wanted));
/** @param {number} id @param {Partial<Label>} changes */
export const changeLabel = async (id, changes) => keep(await patch(`/api/labels/${id}`, changes));
