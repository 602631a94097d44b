import { signal } from "@preact/signals";
import { get, patch, post, remove, withQuery } from "../api.js";
import { zone } from "../format.js";
import { inTurn } from "./inturn.js";

/** What is ready to be written: canned replies, macros, and the brands whose signatures stand below.
 *
 * @typedef {import("../types.js").CannedReply} CannedReply
 * @typedef {import("../types.js").Macro} Macro
 * @typedef {import("../types.js").Brand} Brand
 * @typedef {{text: string, html: string, lang: string, attachments: import("../types.js").Attachment[]}} Rendered
 */

/** @type {import("@preact/signals").Signal<CannedReply[]>} */
export const replies = signal([]);
/** @type {import("@preact/signals").Signal<Macro[]>} */
export const macros = signal([]);
/** @type {import("@preact/signals").Signal<Brand[]>} */
export const brands = signal([]);

let wanted = false;
let wantedBrands = false;

/** The first time that somebody writes. */
export function wantReplies() {
  if (!wanted) void loadReplies().catch(() => void (wanted = false));
}

export const loadReplies = inTurn(async () => {
  wanted = true;
  const [known, doable] = await Promise.all([get("/api/replies"), get("/api/macros")]);
  replies.value = known.items;
  macros.value = doable.items;
});

export const loadBrands = inTurn(async () => {
  wantedBrands = true;
  brands.value = (await get("/api/brands")).items;
});

/** One of them changed; what nobody has looked at yet nobody needs. */
export const reloadReplies = () => Promise.all([wanted && loadReplies(), wantedBrands && loadBrands()]);

/** Filled in for a conversation, in the customer's language. @param {number} id @param {number} conversationId @returns {Promise<Rendered>} */
export const renderReply = (id, conversationId) => post(`/api/replies/${id}/render`, { conversation_id: conversationId });

/** @param {number} id @param {number} conversationId @returns {Promise<{conversation: any, reply: Rendered|null, task: import("../types.js").Task|null}>} */
export const runMacro = (id, conversationId) => post(withQuery(`/api/conversations/${conversationId}/macros/${id}`, { time_zone: zone.peek() ?? Intl.DateTimeFormat().resolvedOptions().timeZone }));

/** @param {number|null} id @param {Partial<CannedReply> & {attachment_ids?: number[]}} wanted */
export const saveReply = (id, wanted) => saved(id === null ? post("/api/replies", wanted) : patch(`/api/replies/${id}`, wanted));
/** @param {number|null} id @param {Partial<Macro>} wanted */
export const saveMacro = (id, wanted) => saved(id === null ? post("/api/macros", wanted) : patch(`/api/macros/${id}`, wanted));
/** @param {number|null} id @param {Partial<Brand>} wanted */
export const saveBrand = (id, wanted) => saved(id === null ? post("/api/brands", wanted) : patch(`/api/brands/${id}`, wanted));
/** @param {'replies'|'macros'|'brands'} noun @param {number} id */
export const removeOne = (noun, id) => saved(remove(`/api/${noun}/${id}`));

/** @param {Promise<any>} done */
async function saved(done) {
  const answer = await done;
  await Promise.all([loadReplies(), loadBrands()]);
  return answer;
}
