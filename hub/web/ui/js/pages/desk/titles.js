import { markOf } from "../../components/channelmark.js";
import { list } from "../../format.js";
import { region, t } from "../../words.js";
import { stateWords } from "../calls/callbacklooks.js";
import { callWords, previewWords } from "../calls/looks.js";

/** @typedef {import("../../types.js").Conversation} Conversation */

/** A title has at least and at most so many letters, where the words allow it. */
const LEAST = 12;
const MOST = 64;
/** A sentence ends here. */
const END = /[.!?…。！？؟]+(?=\s|$)/g;

/** The first sentence, or as many whole words as have room. @param {string} text */
function firstWords(text) {
  const end = [...text.matchAll(END)].map((it) => it.index + it[0].length).find((at) => at >= LEAST);
  if (end !== undefined && end <= MOST) return text.slice(0, end);
  if (text.length <= MOST) return text;
  const space = text.lastIndexOf(" ", MOST);
  return text.slice(0, space < LEAST ? MOST : space);
}

/** Whole minutes, at least one. @param {number} seconds */
const minutes = (seconds) => new Intl.NumberFormat(region.value, { style: "unit", unit: "minute", unitDisplay: "short" }).format(Math.max(1, Math.round(seconds / 60)));

/** @param {{opening?: Conversation['opening']}} it */
function openingWords({ opening }) {
  if (opening?.kind === "callback") return `${t("kind-callback")}: ${stateWords(/** @type {any} */ (opening.state))}`;
  if (opening?.kind !== "call") return "";
  const words = callWords(/** @type {any} */ (opening));
  return opening.talk_seconds ? t("title-call", { call: words, time: minutes(opening.talk_seconds) }) : words;
}

/** @param {{channel: {kind: string}, identity: {kind: string}}} it */
const isMail = (it) => markOf(it.channel.kind, it.identity.kind)[1] === "email";

/** What a conversation is called: its subject, or else what it begins with, a call or the first words.
 * @param {{subject: string|null, channel: {kind: string, name: string}, identity: {kind: string}, opening?: Conversation['opening']}} it */
export function subjectOf(it) {
  if (it.subject) return it.subject;
  if (isMail(it)) return t("no-subject");
  const words = it.opening?.words ?? "";
  const first = firstWords(words);
  return openingWords(it) || (first === words ? first : first.replace(/\.$/, "") + (/[!?…。！？؟.]$/.test(first) ? "" : "…")) || it.channel.name;
}

/** What a row says below the title: the newest words, or the files that came without any; where those words are the title's what
 * follows in them, or by which channel. @param {Conversation} it */
export function newsOf(it) {
  const words = previewWords(it) || list(it.preview_files ?? []);
  const { opening, preview_of: of } = it;
  if (it.subject || !opening) return words;
  if (isMail(it)) return words || t("mail-empty");
  if (opening.kind === "call" || opening.kind === "callback") {
    const same = of && of.kind === opening.kind && of.state === opening.state && of.direction === (opening.direction ?? of.direction) && words.startsWith(previewWords({ ...it, preview_of: { ...of, words: "" } }));
    return same ? of.words || it.channel.name : words;
  }
  const first = firstWords(opening.words);
  return first && words.startsWith(first) ? words.slice(first.length).trim() || it.channel.name : words;
}
