import { batch, computed, effect, signal } from "@preact/signals";
import { post, request, withQuery } from "../api.js";
import { now } from "../format.js";
import { doubtAll, loadConversation, upsertConversations, valueOf, whenChanged } from "./conversations.js";
import { compare, isTimely, matches } from "./filter.js";
import { me } from "./session.js";
import { myTeams } from "./teams.js";

/** @typedef {import("../types.js").Conversation} Conversation */
/** @typedef {import("../types.js").Filter} Filter */
/** @typedef {import("../types.js").Sort} Sort */
/** @typedef {{view: string|null, filter: Filter, sort: Sort}} Asked a view of the hub, or (view null) a filter that is not saved */

const PAGE = 50;
/** From so many changes on, the list is made anew rather than changed one by one. */
const MANY = 30;
/** Fewer than these are asked for one by one. */
const FEW = 10;
/** How many lists of filters that are not saved are kept. */
const KEPT = 6;
const SOON = 1500;

/** Who evaluates filters here. */
export const reader = () => ({ me: me.peek()?.id ?? null, teams: myTeams.peek(), now: now.peek() });

/** One list of conversations: the pages loaded so far, kept true by events. */
class List {
  /** @param {Asked} asked */
  constructor(asked) {
    this.asked = asked;
    this.compare = compare(asked.sort);
    this.ids = signal(/** @type {number[]} */ ([]));
    this.loading = signal(false);
    this.loaded = signal(false);
    this.problem = signal(/** @type {import("../api.js").Problem|null} */ (null));
    /** @type {string|null} */
    this.next = null;
    /** The last conversation of the loaded pages: those behind it come by scrolling, not by events.
     * @type {Conversation|null} */
    this.edge = null;
    /** Changes when the list begins anew: a page behind the old one is then of no use. */
    this.stretch = {};
    this.flights = 0;
    /** What changed while a page was on its way: it may have been read before that. @type {Set<number>} */
    this.meanwhile = new Set();
    /** What the hub has said is being taken in. */
    this.taking = false;
    /** It may differ from the hub's, and nobody looks at it. */
    this.stale = false;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.timer = undefined;
  }

  get complete() {
    return this.loaded.value && this.next === null;
  }

  /** @param {string|null} after */
  async read(after) {
    const { view, filter, sort } = this.asked;
    this.flights += 1;
    try {
      if (view) return (await request("GET", withQuery("/api/conversations", { view, after, limit: PAGE }))).data;
      return await post("/api/conversations/find", { filter, sort, limit: PAGE, ...(after ? { after } : {}) });
    } finally {
      this.flights -= 1;
    }
  }

  /** Somebody looks at it now. */
  show() {
    onScreen = this;
    if (!this.loaded.peek()) void this.more();
    else if (this.stale) void this.reload();
  }

  async more() {
    if (this.loading.peek() || (this.loaded.peek() && this.next === null)) return;
    this.loading.value = true;
    this.problem.value = null;
    try {
      // where the hub had to look among very many, a page may be short
      let found = 0;
      do {
        const { stretch } = this;
        const page = await this.read(this.next);
        if (stretch !== this.stretch) continue;
        found += page.items.length;
        this.take(page, "next");
      } while (this.next !== null && found < PAGE / 2);
    } catch (problem) {
      this.problem.value = /** @type {import("../api.js").Problem} */ (problem);
    } finally {
      this.loading.value = false;
    }
  }

  /** Start again from the first page, keeping what is shown until it is there. */
  async reload() {
    this.stale = false;
    try {
      this.take(await this.read(null), "anew");
    } catch (problem) {
      this.problem.value = /** @type {import("../api.js").Problem} */ (problem);
    }
  }

  /** Start again soon, asked often, once; when nobody looks at it, as soon as somebody does. */
  reloadSoon() {
    if (onScreen !== this) this.stale = true;
    else
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        // a hint that is not answered is given again
        this.read(null).then((page) => this.take(page, "top"), () => undefined);
      }, SOON);
  }

  /** Take in a page: behind the others, instead of all, or the first one again with what was loaded behind it kept.
   * @param {{items: Conversation[], next: string|null}} page @param {'next'|'anew'|'top'} as */
  take(page, as) {
    batch(() => {
      const last = page.items[page.items.length - 1];
      const within = as === "top" && page.next !== null && last && (!this.edge || this.compare(last, this.edge) < 0);
      if (!within) {
        if (as !== "next") this.stretch = {};
        this.next = page.next;
        this.edge = page.next ? last : null;
      }
      this.loaded.value = true;
      this.problem.value = null;
      this.taking = true;
      upsertConversations(page.items);
      this.taking = false;
      // what the hub put on the page belongs, though a filter by the customer's fields cannot be decided here
      const there = new Set(page.items.map((it) => it.id));
      const behind = (/** @type {number} */ id) => as === "next" || (within && this.compare(/** @type {Conversation} */ (valueOf(id)), last) > 0);
      const rest = this.ids.peek().filter((id) => !there.has(id) && behind(id));
      const fits = [...there].filter((id) => this.holds(/** @type {Conversation} */ (valueOf(id))) !== false);
      this.ids.value = this.ordered([...rest, ...fits]);
      for (const id of this.meanwhile) this.placeOne(/** @type {Conversation} */ (valueOf(id)));
      if (this.flights === 0) this.meanwhile.clear();
    });
  }

  /** Whether it belongs to the loaded pages; null when that cannot be told here. @param {Conversation} it */
  holds(it) {
    const inside = matches(this.asked.filter, it, reader());
    return inside && this.edge && this.compare(it, this.edge) > 0 ? false : inside;
  }

  /** @param {number[]} ids */
  ordered(ids) {
    return ids
      .map((id) => /** @type {Conversation} */ (valueOf(id)))
      .sort(this.compare)
      .map((it) => it.id);
  }

  /** @param {Conversation[]} all */
  place(all) {
    if (this.flights > 0 && !this.taking) for (const it of all) this.meanwhile.add(it.id);
    if (!this.loaded.peek()) return;
    if (all.length < MANY) for (const it of all) this.placeOne(it);
    else {
      const known = new Set(this.ids.peek());
      const touched = new Set(all.map((it) => it.id));
      const inside = all.filter((it) => this.belongs(it, known.has(it.id)));
      this.ids.value = this.ordered([...[...known].filter((id) => !touched.has(id)), ...inside.map((it) => it.id)]);
    }
  }

  /** @param {Conversation} it @param {boolean} held */
  belongs(it, held) {
    const inside = this.holds(it);
    if (inside === null && !this.taking) this.reloadSoon();
    return inside ?? held;
  }

  /** Put a conversation where it belongs now, or take it out. @param {Conversation} it */
  placeOne(it) {
    const held = this.ids.peek();
    const at = held.indexOf(it.id);
    const inside = this.belongs(it, at >= 0);
    if (!inside && at < 0) return;
    const before = (/** @type {number} */ index) => this.compare(/** @type {Conversation} */ (valueOf(held[index])), it) < 0;
    if (inside && at >= 0 && (at === 0 || before(at - 1)) && (at === held.length - 1 || !before(at + 1))) return;
    const rest = at < 0 ? held.slice() : held.filter((id) => id !== it.id);
    if (inside) {
      let low = 0;
      let high = rest.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.compare(/** @type {Conversation} */ (valueOf(rest[middle])), it) < 0) low = middle + 1;
        else high = middle;
      }
      rest.splice(low, 0, it.id);
    }
    this.ids.value = rest;
  }
}

/** @type {List|null} */
let onScreen = null;

/** The lists that were shown, by what they ask. @type {Map<string, List>} */
const lists = new Map();

/** The list for a view or a filter; the same question gives the same list. @param {Asked} asked */
export function listOf(asked) {
  const key = JSON.stringify([asked.view ?? asked.filter.all, asked.sort]);
  const list = lists.get(key) ?? new List(asked);
  lists.delete(key);
  lists.set(key, list);
  for (const [old] of [...lists].filter(([, it]) => it.asked.view === null).slice(0, -KEPT)) lists.delete(old);
  return list;
}

/** A view asks for something else now: its list is no longer true. @param {(asked: Asked) => boolean} stale */
export function forgetLists(stale) {
  for (const [key, list] of lists) if (stale(list.asked)) lists.delete(key);
}

/** Something else belongs now, and nothing here can tell what. @param {(filter: Filter) => boolean} asks whom it concerns */
function askAnew(asks) {
  for (const list of lists.values()) if (list.loaded.peek() && asks(list.asked.filter)) list.reloadSoon();
}

/** A customer is another now: a conversation does not carry its customer's fields. */
export const customersStirred = () => askAnew((filter) => filter.all.some(({ field }) => field.startsWith("customer.")));

const ofMyTeams = computed(() => [...myTeams.value].sort((a, b) => a - b).join());
effect(() => {
  void ofMyTeams.value;
  askAnew((filter) => filter.all.some(({ field, value }) => field === "team" && [value].flat().includes("mine")));
});

/** What we hold may be stale: ask again for every list that was shown. */
export async function reloadLists() {
  doubtAll();
  await Promise.all([...lists.values()].filter((it) => it.loaded.peek()).map((it) => it.reload()));
}

whenChanged((changed) => {
  for (const list of lists.values()) list.place(changed.map(({ next }) => next));
  const guessed = changed.filter((it) => it.guessed && [...lists.values()].some((list) => list.ids.peek().includes(it.next.id)));
  if (guessed.length < FEW) for (const { next } of guessed) loadConversation(next.id).catch(() => undefined);
  else onScreen?.reloadSoon();
});

/** What waited an hour was not waiting an hour a minute ago: such lists are asked for again as time goes by. */
let ticks = 0;
effect(() => {
  void now.value;
  ticks += 1;
  if (ticks % 4 === 0) askAnew(isTimely);
});
