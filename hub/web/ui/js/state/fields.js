import { signal } from "@preact/signals";
import { get, patch, post } from "../api.js";
import { inTurn } from "./inturn.js";

/** @typedef {import("../types.js").CustomField} CustomField */

/** The fields that administrators have added, of customers and of conversations. @type {import("@preact/signals").Signal<CustomField[]>} */
export const fields = signal([]);

/** Those that can be filled in. @param {CustomField['noun']} noun */
export const fieldsOf = (noun) => fields.value.filter((it) => it.noun === noun && !it.archived);

/** @param {string} noun @param {string} key */
export const fieldOf = (noun, key) => fields.value.find((it) => it.noun === noun && it.key === key);

export const loadFields = inTurn(async () => {
  fields.value = (await get("/api/fields")).items;
});

/** @param {CustomField} it */
const keep = (it) => {
  fields.value = [...fields.peek().filter((other) => other.id !== it.id), it].sort((a, b) => a.id - b.id);
  return it;
};

/** @param {Pick<CustomField, 'noun'|'key'|'label'|'type'|'choices'>} wanted */
export const createField = async (wanted) => keep(await post("/api/fields", wanted));
/** @param {number} id @param {Partial<CustomField>} changes */
export const changeField = async (id, changes) => keep(await patch(`/api/fields/${id}`, changes));
