import { signal } from "@preact/signals";
import { useActions } from "../../actions.js";
import { holdKeys } from "../../keys.js";
import { selectAll, selecting, toggle } from "../../state/bulk.js";
import { conversation } from "../../state/conversations.js";
import { me } from "../../state/session.js";
import { views } from "../../state/views.js";
import { go } from "../../router.js";
import { t } from "../../words.js";
import { chooseView, list, neighbour, openConversation, viewName } from "./choice.js";
import { viewIcon } from "./viewicons.js";
import { assign, changeTicked, openMenu, toggleFollow, toggleResolved } from "./work.js";

export { sayProblem, toggleResolved } from "./work.js";

/** Raised to put the cursor into the composer, which takes it down again. */
export const composerWish = signal(/** @type {{mode: 'reply'|'note'}|null} */ (null));
export const viewsOpen = signal(false);
export const filterOpen = signal(false);

/** @param {'reply'|'note'} mode */
export const wishComposer = (mode) => (composerWish.value = { mode });

/** The conversation of the row that has the focus. */
const focusedRow = () => Number(document.activeElement?.closest("[data-row]")?.getAttribute("data-row")) || null;

/** At once, so that the next press of a key goes on from there; later, where the row is not drawn yet. @param {number} id */
export function focusRow(id) {
  const row = () => /** @type {HTMLElement|null} */ (document.querySelector(`[data-row="${id}"] > a`));
  if (row()) row()?.focus();
  else requestAnimationFrame(() => row()?.focus());
}

/** The keyboard of the agents' page. @param {number|null} activeId */
export function useCommands(activeId) {
  const open = (/** @type {1|-1} */ step) => {
    const next = neighbour(activeId, step);
    if (next === null) return;
    const inList = focusedRow() !== null;
    openConversation(next);
    if (inList) focusRow(next);
  };
  const many = selecting.value;
  const withActive = { ready: activeId !== null };
  const withSome = { ready: many || activeId !== null };
  const id = /** @type {number} */ (activeId);
  const held = conversation(activeId);
  const mine = me.value?.id ?? null;
  const resolved = !many && held?.state === "resolved";
  const tick = () => {
    const target = focusedRow() ?? activeId ?? neighbour(null, 1);
    if (target !== null) toggle(target);
  };
  const work = t("group-work");
  useActions([
    { id: "next", group: t("group-move"), icon: "arrow-down", label: t("key-next"), keys: ["j"], run: () => open(1) },
    { id: "previous", group: t("group-move"), icon: "arrow-up", label: t("key-previous"), keys: ["k"], run: () => open(-1) },
    { id: "search", group: t("group-move"), icon: "search", label: t("key-search"), keys: ["/"], run: () => (holdKeys(), go("/search")) },
    { id: "filter", group: t("group-move"), icon: "list-filter", label: t("key-filter"), keys: ["f"], asks: true, run: () => void (filterOpen.value = true) },
    { id: "views", group: t("group-move"), icon: "layers", label: t("key-choose-view"), keys: ["v"], run: () => void (viewsOpen.value = true) },
    { id: "reply", group: t("group-answer"), icon: "reply", label: t("key-reply"), keys: ["r"], ...withActive, asks: true, run: () => void wishComposer("reply") },
    { id: "note", group: t("group-answer"), icon: "sticky-note", label: t("key-note"), keys: ["n"], ...withActive, asks: true, run: () => void wishComposer("note") },
    { id: "resolve", group: work, icon: resolved ? "rotate-ccw" : "check", label: t(resolved ? "reopen" : "resolve"), keys: ["e"], ...withSome, run: () => void (many ? changeTicked({ state: "resolved" }) : toggleResolved(id)) },
    { id: "assign", group: work, icon: "user-round", label: t("key-assign"), keys: ["a"], ...withSome, asks: true, run: () => openMenu("assign") },
    { id: "assign-me", group: work, icon: "circle-user", label: t("key-mine"), keys: ["m"], ...withSome, run: () => void (many ? changeTicked({ assignee_id: mine }) : assign(id, mine)) },
    { id: "team", group: work, icon: "users", label: t("key-team"), keys: ["t"], ...withSome, asks: true, run: () => openMenu("team") },
    { id: "labels", group: work, icon: "tag", label: t("key-labels"), keys: ["l"], ...withSome, asks: true, run: () => openMenu("labels") },
    { id: "priority", group: work, icon: "flag", label: t("key-priority"), keys: ["p"], ...withSome, asks: true, run: () => openMenu("priority") },
    { id: "snooze", group: work, icon: "alarm-clock", label: t("key-snooze"), keys: ["s"], ...withSome, asks: true, run: () => openMenu("snooze") },
    { id: "follow", group: work, icon: "eye", label: t(mine !== null && held?.follower_ids.includes(mine) ? "unfollow" : "follow"), keys: ["w"], ...withActive, run: () => toggleFollow(id) },
    { id: "tick", group: work, icon: "square-check", label: t("key-tick"), keys: ["x"], run: tick },
    { id: "tick-all", group: work, icon: "list", label: t("key-tick-all"), run: () => selectAll(list.peek().ids.peek()) },
    ...views.value.map((it, at) => ({ id: `view-${it.id}`, group: t("group-go"), icon: viewIcon(it), label: viewName(it), keys: at < 9 ? [String(at + 1)] : undefined, run: () => chooseView(it.id) })),
  ]);
}
