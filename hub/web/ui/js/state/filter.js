import { compareMoments } from "./moments.js";

/**
 * A filter evaluated in the page, so that lists stay true by events alone. The hub does the same in SQL;
 * tests/filter_cases.json is checked against both.
 *
 * @typedef {import("../types.js").Conversation} Conversation
 * @typedef {import("../types.js").Condition} Condition
 * @typedef {import("../types.js").Filter} Filter
 * @typedef {import("../types.js").Sort} Sort
 * @typedef {{me: number|null, teams: ReadonlySet<number>, now: number}} Reader who asks, in which teams, and when
 */

const MINUTE = 60_000;
const UNITS = /** @type {Record<string, number>} */ ({ m: MINUTE, h: 60 * MINUTE, d: 1440 * MINUTE, w: 7 * 1440 * MINUTE });
const RELATIVE = /^([+-]\d+)([mhdw])$/;
const DAY_ONLY = /^\d{4}-\d\d-\d\d$/;

/** What a conversation has in a field. @type {Record<string, (it: Conversation, reader: Reader) => any>} */
const READ = {
  state: (it) => (it.state === "open" && it.snoozed ? "snoozed" : it.state),
  assignee: (it) => it.assignee_id,
  team: (it) => it.team_id,
  label: (it) => it.label_ids,
  channel: (it) => it.channel.id,
  channel_kind: (it) => it.channel.kind,
  priority: (it) => it.priority,
  unread: (it) => Boolean(it.unread),
  waiting_minutes: (it, reader) => (it.waiting_since ? (reader.now - Date.parse(it.waiting_since)) / MINUTE : null),
  following: (it, reader) => it.follower_ids.includes(reader.me ?? 0),
  delivery_problem: (it) => it.delivery_problem,
  automatic: (it) => it.automatic,
  created_at: (it) => it.created_at,
  last_entry_at: (it) => it.last_entry_at,
};

/** Whether a conversation belongs; null when what is known here does not decide it: a conversation does not carry
 * its customer's fields. @param {Filter} filter @param {Conversation} it @param {Reader} reader @returns {boolean|null} */
export function matches(filter, it, reader) {
  if (it.merged_into_id || (it.state === "resolved" && it.entry_count === 0)) return false;
  let decided = true;
  for (const condition of filter.all) {
    if (condition.field.startsWith("customer.")) decided = false;
    else if (!holds(condition, it, reader)) return false;
  }
  return decided || null;
}

/** Whether time alone can change what belongs. @param {Filter} filter */
export const isTimely = (filter) => filter.all.some(({ field, value }) => field === "waiting_minutes" || (typeof value === "string" && RELATIVE.test(value)));

/** @param {Condition} condition @param {Conversation} it @param {Reader} reader */
function holds({ field, op, value }, it, reader) {
  const got = field.startsWith("conversation.") ? (it.fields[field.slice("conversation.".length)] ?? null) : READ[field]?.(it, reader);
  switch (op) {
    case "is":
      return among(field, got, value, reader);
    case "not":
      return !among(field, got, value, reader);
    case "has":
      if (field === "label") return listed(value).every((id) => got.includes(id));
      if (typeof got === "string") return listed(value).some((part) => got.toLowerCase().includes(String(part).toLowerCase()));
      return among(field, got, value, reader);
    default:
      return got !== null && got !== undefined && beyond(op, got, value, reader);
  }
}

/** @param {any} value @returns {any[]} */
const listed = (value) => (Array.isArray(value) ? value : [value]);

/** @param {string} field @param {any} got @param {any} value @param {Reader} reader */
function among(field, got, value, reader) {
  return listed(value).some((wanted) => {
    if (field === "label") return wanted === null ? got.length === 0 : got.includes(wanted);
    if (field === "assignee" && wanted === "me") return got === reader.me;
    if (field === "team" && wanted === "mine") return reader.teams.has(got);
    return got === wanted;
  });
}

/** @param {'over'|'under'} op @param {any} got @param {any} value @param {Reader} reader */
function beyond(op, got, value, reader) {
  const [a, b] = typeof got === "number" ? [got, value] : DAY_ONLY.test(got) ? [got, dayOf(value, reader)] : [Date.parse(got), momentOf(value, reader)];
  return op === "over" ? a > b : a < b;
}

/** An instant, or one counted from now ("-7d"), in milliseconds. @param {string} value @param {Reader} reader */
export function momentOf(value, reader) {
  const relative = RELATIVE.exec(value);
  return relative ? reader.now + Number(relative[1]) * UNITS[relative[2]] : Date.parse(value);
}

/** @param {string} value @param {Reader} reader */
const dayOf = (value, reader) => (DAY_ONLY.test(value) ? value : new Date(momentOf(value, reader)).toISOString().slice(0, 10));

const RANKS = { urgent: 0, high: 1, normal: 2, low: 3 };
/** Later than any moment: who does not wait comes last. */
const NEVER = "9999";

/** @type {Record<Sort, (a: Conversation, b: Conversation) => number>} */
const ORDERS = {
  activity: (a, b) => compareMoments(b.last_entry_at, a.last_entry_at) || b.id - a.id,
  waiting: (a, b) => compareMoments(a.waiting_since ?? NEVER, b.waiting_since ?? NEVER) || a.id - b.id,
  priority: (a, b) => RANKS[a.priority] - RANKS[b.priority] || ORDERS.waiting(a, b),
};


/** Newest activity first, the longest waiting first, or the most urgent first. @param {Sort} sort */
export const compare = (sort) => ORDERS[sort];

/** Whether two filters ask the same. @param {Filter} a @param {Filter} b */
export const sameFilter = (a, b) => JSON.stringify(a.all.map(plainly)) === JSON.stringify(b.all.map(plainly));
/** @param {Condition} it */
const plainly = ({ field, op, value }) => [field, op, value];
