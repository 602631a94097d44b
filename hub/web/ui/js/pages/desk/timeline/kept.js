import { signal } from "@preact/signals";

/** How many things are remembered. */
const MOST = 500;
/** @type {Map<string, import("@preact/signals").Signal<any>>} */
const signals = new Map();

/** What a reader did to an entry (unfolded it, opened the original): it is so again when the entry is drawn again.
 * @template T @param {number} entryId @param {string} name @param {T} initial @returns {import("@preact/signals").Signal<T>} */
export function kept(entryId, name, initial) {
  const key = `${name}-${entryId}`;
  const held = signals.get(key) ?? signal(initial);
  if (!signals.has(key)) {
    signals.set(key, held);
    for (const old of [...signals.keys()].slice(0, -MOST)) signals.delete(old);
  }
  return held;
}

/** Entries whose fold somebody opened. @type {import("@preact/signals").Signal<Set<number>>} */
export const openFolds = signal(new Set());

/** @param {import("../../../types.js").Entry[]} entries @param {boolean} open */
export function setFold(entries, open) {
  const next = new Set(openFolds.peek());
  for (const { id } of entries) {
    if (open) next.add(id);
    else next.delete(id);
  }
  openFolds.value = next;
}

/** The entry that a link, a search or a date led to, for a moment. */
export const flashed = signal(/** @type {number|null} */ (null));
