import { fits } from "../../../actions.js";
import { macros, renderReply, replies } from "../../../state/replies.js";
import { activeAgents, me } from "../../../state/session.js";
import { locale, t } from "../../../words.js";
import { openMenu, sayProblem, toggleResolved } from "../work.js";
import { carryOut } from "./macro.js";

/** @typedef {import("../editor/completion.js").Choice} Choice */
/** @typedef {import("../../../state/replies.js").Rendered} Rendered */

/**
 * What "/" offers: canned replies, macros, and what can be done with the conversation.
 * @param {{conversationId: number, query: string, note: boolean, take: (reply: Rendered) => void, attach: (() => void)|null, later: (() => void)|null,
 *   template: (() => void)|null, swap: () => void, save: (() => void)|null}} given
 * @returns {Choice[]}
 */
export function slashChoices({ conversationId, query, note, take, attach, later, template, swap, save }) {
  const use = (/** @type {number} */ id) => async () => {
    try {
      take(await renderReply(id, conversationId));
    } catch (problem) {
      sayProblem(problem);
    }
  };
  const group = t("slash-actions");
  /** @type {(Choice & {words: string})[]} */
  const all = [
    ...replies.value.map((it) => ({
      id: `reply-${it.id}`,
      icon: "message-square-text",
      group: t("canned-replies"),
      label: it.name,
      detail: [it.shortcut && `/${it.shortcut}`, firstWords(it)].filter(Boolean).join(" · "),
      words: `${it.shortcut} ${it.name}`,
      run: use(it.id),
    })),
    ...macros.value.map((it) => ({ id: `macro-${it.id}`, icon: "zap", group: t("macros"), label: it.name, words: it.name, run: () => carryOut(it, conversationId, take) })),
    ...[
      { id: "resolve", icon: "check", label: t("resolve"), run: () => void toggleResolved(conversationId) },
      { id: "snooze", icon: "alarm-clock", label: t("snooze"), run: () => openMenu("snooze") },
      { id: "assign", icon: "user-round", label: t("slash-assign"), run: () => openMenu("assign") },
      { id: "labels", icon: "tag", label: t("slash-labels"), run: () => openMenu("labels") },
      attach && { id: "attach", icon: "paperclip", label: t("attach"), run: attach },
      later && { id: "later", icon: "clock-arrow-up", label: t("send-later"), run: later },
      template && { id: "template", icon: "layout-template", label: t("template-use"), run: template },
      { id: "swap", icon: note ? "reply" : "sticky-note", label: t(note ? "slash-reply" : "slash-note"), run: swap },
      save && { id: "save", icon: "plus", label: t("slash-save"), run: save },
    ]
      .filter((it) => it !== null)
      .map((it) => ({ ...it, group, words: it.label })),
  ];
  if (!query) return all;
  return all
    .map((it) => ({ it, score: fits(it.words, query) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ it: { group: _, ...it } }) => it);
}

/** What is filled in later is only hinted at. @param {import("../../../types.js").CannedReply} it */
const firstWords = (it) =>
  (it.texts[locale.value] ?? it.texts.en ?? Object.values(it.texts)[0] ?? "")
    .replace(/\{%.*?%\}/gs, "")
    .replace(/\{\{.*?\}\}/gs, "…")
    .replace(/\s+/g, " ")
    .slice(0, 70);

/** Whom "@" offers in a note. @param {string} query @param {(id: number) => void} name @returns {Choice[]} */
export const mentionChoices = (query, name) =>
  activeAgents.value
    .filter((it) => it.id !== me.value?.id && (!query || fits(it.name, query) > 0))
    .map((it) => ({ id: `agent-${it.id}`, icon: "at-sign", label: it.name, detail: it.email, insert: `@${it.name} `, run: () => name(it.id) }));
