import { signal } from "@preact/signals";
import { get, withQuery } from "../api.js";

/** @typedef {import("../types.js").SearchItem} SearchItem */
/** @typedef {import("../types.js").SearchOperator} SearchOperator */
/** @typedef {{query: string, sort: string, items: SearchItem[], next: string|null, understood: SearchOperator[], reached: string|null, meant: string|null, ranked: number|null,
 *   loaded: boolean, busy: boolean, problem: any, further: number}} Search */

const RECENT = "recent-searches";
const KEPT = 6;
/** Pages with nothing new on them that are asked for without being told to. */
const PATIENCE = 4;

/** @param {string} query @param {string} sort @returns {Search} */
const fresh = (query, sort) => ({ query, sort, items: [], next: null, understood: [], reached: null, meant: null, ranked: null, loaded: false, busy: false, problem: null, further: 0 });

/** The search that is shown, kept while its results are looked at. */
export const found = signal(fresh("", "newest"));

/** @type {AbortController|null} */
let asking = null;

/** Search anew, unless that is what is shown. @param {string} query @param {string} sort */
export async function searchFor(query, sort) {
  const held = found.peek();
  if (held.query === query && held.sort === sort && held.loaded && !held.problem) return;
  asking?.abort();
  if (!query.trim()) {
    found.value = fresh("", sort);
    return;
  }
  // what was found stays until there is something new: nothing flickers while one types
  found.value = { ...held, query, sort, busy: true, problem: null, loaded: held.loaded && held.items.length > 0, further: 0 };
  await ask(query, sort, null);
}

/** The next page, or further back in time. @param {boolean} [wanted] by a click */
export async function searchOn(wanted = false) {
  const held = found.peek();
  if (held.busy || !held.next || held.problem) return;
  if (!wanted && held.further >= PATIENCE) return;
  found.value = { ...held, busy: true, further: wanted ? 0 : held.further };
  await ask(held.query, held.sort, held.next);
}

/** Whether it waits to be told to look further back. @param {Search} it */
export const waits = (it) => it.next !== null && it.further >= PATIENCE;

export function searchAgain() {
  const { query, sort } = found.peek();
  found.value = { ...found.peek(), problem: null, loaded: false };
  void searchFor(query, sort);
}

/** @param {string} query @param {string} sort @param {string|null} after */
async function ask(query, sort, after) {
  const stop = (asking = new AbortController());
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  try {
    const page = await get(withQuery("/api/search", { query, sort: sort === "best" ? sort : null, after, zone }), stop.signal);
    const held = found.peek();
    found.value = {
      query, sort, next: page.next, reached: page.reached, busy: false, loaded: true, problem: null,
      items: after ? [...held.items, ...page.items] : page.items,
      understood: page.understood,
      meant: after ? held.meant : page.did_you_mean,
      ranked: page.ranked,
      further: page.items.length ? 0 : held.further + 1,
    };
  } catch (problem) {
    if (!stop.signal.aborted) found.value = { ...found.peek(), busy: false, problem };
  }
}

/** What was searched for lately, the last first. @returns {string[]} */
export function recent() {
  try {
    return JSON.parse(localStorage.getItem(RECENT) ?? "[]");
  } catch {
    return [];
  }
}

/** A search that led somewhere is remembered. @param {string} query */
export function remember(query) {
  const words = query.trim();
  if (words) localStorage.setItem(RECENT, JSON.stringify([words, ...recent().filter((it) => it !== words)].slice(0, KEPT)));
}
