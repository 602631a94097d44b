import { channelList } from "../../state/channels.js";
import { activeLabels } from "../../state/labels.js";
import { activeAgents } from "../../state/session.js";
import { activeTeams } from "../../state/teams.js";
import { t } from "../../words.js";

/** @typedef {{text: string, label: string, detail?: string}} Suggestion */

/** @type {Record<string, () => string[]>} */
const VALUES = {
  from: () => ["me", ...activeAgents.value.map((it) => it.name)],
  to: () => [],
  subject: () => [],
  customer: () => [],
  channel: () => [...new Set([...channelList.value.map((it) => it.kind), ...channelList.value.map((it) => it.name)])],
  has: () => ["attachment", "image", "pdf", "document"],
  kind: () => ["message", "note", "call", "callback"],
  is: () => ["open", "snoozed", "resolved"],
  assigned: () => ["me", "nobody", ...activeAgents.value.map((it) => it.name)],
  label: () => activeLabels.value.map((it) => it.name),
  team: () => activeTeams.value.map((it) => it.name),
  before: () => ["today", "7d", "1m", "1y"],
  after: () => ["today", "yesterday", "7d", "1m", "1y"],
};
export const OPERATORS = Object.keys(VALUES);

const plain = (/** @type {string} */ text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/** The word that is being written, and where it begins: up to the cursor, with the quotes in it.
 * @param {string} text @param {number} cursor */
export function wordAt(text, cursor) {
  const before = text.slice(0, cursor);
  const word = /(?:[^\s"]|"[^"]*"?)*$/.exec(before)?.[0] ?? "";
  return { word, from: cursor - word.length };
}

/** What may be meant by the word being written: operators, or the values of one.
 * @param {string} word @returns {Suggestion[]} */
export function suggestions(word) {
  const minus = word.startsWith("-") ? "-" : "";
  const [, name = "", value = ""] = /^-?([a-z]+):"?([^"]*)$/i.exec(word) ?? [];
  const known = VALUES[name.toLowerCase()];
  if (known)
    return known()
      .filter((it) => plain(it).includes(plain(value)) && plain(it) !== plain(value))
      .slice(0, 8)
      .map((it) => ({ text: `${minus}${name}:${/\s/.test(it) ? `"${it}"` : it} `, label: it }));
  const begun = word.slice(minus.length).toLowerCase();
  if (begun.length < 2) return [];
  return OPERATORS.filter((it) => it.startsWith(begun)).map((it) => ({ text: `${minus}${it}:`, label: `${minus}${it}:`, detail: t(`operator-${it}`) }));
}

/** The query without one of its operators. @param {string} query @param {string} operator */
export const without = (query, operator) => query.replace(operator, " ").replace(/\s+/g, " ").trim();
