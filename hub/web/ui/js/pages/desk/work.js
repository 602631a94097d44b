import { signal } from "@preact/signals";
import { say } from "../../components/toast.js";
import { number, shortMoment } from "../../format.js";
import { whoOf } from "../../naming.js";
import { go } from "../../router.js";
import { changeMany, selecting, undoMany } from "../../state/bulk.js";
import { changeConversation, changed, conversation } from "../../state/conversations.js";
import { me } from "../../state/session.js";
import { t } from "../../words.js";
import { neighbour, openConversation } from "./choice.js";

/** @typedef {import("../../types.js").Conversation} Conversation */
/** @typedef {import("../../types.js").Change} Change */
/** @typedef {'assign'|'team'|'labels'|'priority'|'snooze'} MenuName */

/** Say what went wrong with a change, in words that name the next step. @param {any} problem */
export const sayProblem = (problem) => say({ tone: "danger", text: problem.offline ? t("offline-not-changed") : problem.message || t("change-failed") });

const closed = () => ({ assign: signal(false), team: signal(false), labels: signal(false), priority: signal(false), snooze: signal(false) });
/** The menus of the open conversation, and those of what is ticked: a key opens the one or the other.
 * @type {Record<MenuName, import("@preact/signals").Signal<boolean>>} */
export const menus = closed();
/** @type {Record<MenuName, import("@preact/signals").Signal<boolean>>} */
export const bulkMenus = closed();
/** @param {MenuName} name */
export const openMenu = (name) => void ((selecting.peek() ? bulkMenus : menus)[name].value = true);

/** What makes of it what it was. @param {Conversation} was @param {Conversation} is @returns {Change|null} null: nothing has changed */
export function wayBack(was, is) {
  const without = (/** @type {number[]} */ some, /** @type {number[]} */ others) => some.filter((id) => !others.includes(id));
  const mine = me.peek()?.id ?? 0;
  const fields = Object.keys({ ...was.fields, ...is.fields }).filter((key) => JSON.stringify(was.fields[key]) !== JSON.stringify(is.fields[key]));
  const follows = was.follower_ids.includes(mine);
  const [gone, came] = [without(was.label_ids, is.label_ids), without(is.label_ids, was.label_ids)];
  const back = {
    ...(was.state !== is.state ? { state: was.state } : {}),
    ...(was.assignee_id !== is.assignee_id ? { assignee_id: was.assignee_id } : {}),
    ...(was.team_id !== is.team_id ? { team_id: was.team_id } : {}),
    ...(was.priority !== is.priority ? { priority: was.priority } : {}),
    ...(JSON.stringify(was.snoozed) !== JSON.stringify(is.snoozed) ? { snooze: was.snoozed } : {}),
    ...(follows !== is.follower_ids.includes(mine) ? { follow: follows } : {}),
    ...(gone.length ? { label_ids_add: gone } : {}),
    ...(came.length ? { label_ids_remove: came } : {}),
    ...(fields.length ? { fields: Object.fromEntries(fields.map((key) => [key, was.fields[key] ?? null])) } : {}),
  };
  return Object.keys(back).length ? back : null;
}

/** Change one conversation, say so, and offer the way back. Without words it is seen anyway and needs none.
 * @param {number} id @param {Change} change @param {string} [words] @param {{leave?: boolean}} [options] leave: go on to the next one */
export async function changeOne(id, change, words, { leave = false } = {}) {
  const held = conversation(id);
  if (!held) return;
  const back = wayBack(held, changed(held, change));
  const next = leave ? (neighbour(id, 1) ?? neighbour(id, -1)) : null;
  const answer = changeConversation(id, change);
  if (leave) {
    if (next !== null && next !== id && matchMedia("(min-width: 720px)").matches) openConversation(next);
    else go("/");
  }
  try {
    await answer;
    const undo = () => {
      if (back) changeConversation(id, back).catch(sayProblem);
      if (leave) openConversation(id);
    };
    if (words) say({ text: words, action: { label: t("undo"), run: undo } });
  } catch (problem) {
    sayProblem(problem);
  }
}

/** Change what is ticked, say how many, and offer the way back.
 * @param {Change} change */
export async function changeTicked(change) {
  try {
    const { ids, done, failed } = await changeMany(change);
    const text = failed ? t("bulk-partly", { n: done, count: number(done), failed: number(failed) }) : t("bulk-done", { n: done, count: number(done) });
    const undo = async () => {
      try {
        await undoMany(ids);
        say({ text: t("bulk-undone") });
      } catch (problem) {
        sayProblem(problem);
      }
    };
    say({ tone: failed ? "danger" : undefined, text, action: { label: t("undo"), run: () => void undo() } }, 15_000);
  } catch (problem) {
    sayProblem(problem);
  }
}

/** To what is ticked, or else to the open conversation. @param {number|null} id @param {Change} change @param {(held: Conversation) => string} [words]
 * @param {{leave?: boolean}} [options] */
export function apply(id, change, words, options) {
  if (selecting.peek()) return changeTicked(change);
  const held = conversation(id);
  return held ? changeOne(held.id, change, words?.(held), options) : undefined;
}

/** Resolve and go on to the next one, or reopen; both can be undone.
 * @param {number} id @param {{stay?: boolean}} [options] */
export async function toggleResolved(id, { stay = false } = {}) {
  const held = conversation(id);
  if (!held) return;
  const resolving = held.state === "open";
  await changeOne(id, { state: resolving ? "resolved" : "open" }, t(resolving ? "resolved-toast" : "reopened-toast", { name: whoOf(held) }), { leave: resolving && !stay });
}

/** @param {number} id @param {number|null} agentId */
export async function assign(id, agentId) {
  if (conversation(id)?.assignee_id === agentId) return;
  await changeOne(id, { assignee_id: agentId }, t(agentId === null ? "unassigned-toast" : agentId === me.peek()?.id ? "assigned-me-toast" : "assigned-toast"));
}

/** @param {number} id @param {{until: string|null}|null} snooze null: wake it */
export async function snoozeOne(id, snooze) {
  const words = snooze === null ? t("woken-toast") : snooze.until ? t("snoozed-toast", { when: shortMoment(Date.parse(snooze.until)) }) : t("snoozed-reply-toast");
  await changeOne(id, { snooze }, words, { leave: snooze !== null });
}

/** @param {number} id */
export function toggleFollow(id) {
  const held = conversation(id);
  if (!held) return;
  const follow = !held.follower_ids.includes(me.peek()?.id ?? 0);
  void changeOne(id, { follow }, t(follow ? "followed-toast" : "unfollowed-toast"));
}
