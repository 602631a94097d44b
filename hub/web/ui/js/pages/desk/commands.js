import { signal } from "@preact/signals";
import { useActions } from "../../actions.js";
import { say } from "../../components/toast.js";
import { whoOf } from "../../naming.js";
import { go } from "../../router.js";
import { changeConversation, conversation } from "../../state/conversations.js";
import { me } from "../../state/session.js";
import { t } from "../../words.js";
import { chooseView, neighbour, openConversation } from "./choice.js";

/** Raised to put the cursor into the composer, which takes it down again. */
export const composerWish = signal(/** @type {{mode: 'reply'|'note'}|null} */ (null));
export const searchWish = signal(0);
export const assignOpen = signal(false);

/** @param {'reply'|'note'} mode */
export const wishComposer = (mode) => (composerWish.value = { mode });

/** Say what went wrong with a change, in words that name the next step. @param {any} problem */
export const sayProblem = (problem) => say({ tone: "danger", text: problem.offline ? t("offline-not-changed") : problem.message || t("change-failed") });

/** Resolve and go on to the next one, or reopen; both can be undone.
 * @param {number} id @param {{stay?: boolean}} [options] */
export async function toggleResolved(id, { stay = false } = {}) {
  const held = conversation(id);
  if (!held) return;
  const resolving = held.state === "open";
  const next = neighbour(id, 1) ?? neighbour(id, -1);
  const changed = changeConversation(id, { state: resolving ? "resolved" : "open" });
  if (resolving && !stay && next !== null && next !== id && matchMedia("(min-width: 720px)").matches) openConversation(next);
  else if (resolving && !stay) go("/");
  try {
    await changed;
    say({
      text: t(resolving ? "resolved-toast" : "reopened-toast", { name: whoOf(held) }),
      action: {
        label: t("undo"),
        run: () => {
          changeConversation(id, { state: held.state }).catch(sayProblem);
          openConversation(id);
        },
      },
    });
  } catch (problem) {
    sayProblem(problem);
  }
}

/** @param {number} id @param {number|null} agentId */
export async function assign(id, agentId) {
  const before = conversation(id)?.assignee_id ?? null;
  if (before === agentId) return;
  try {
    await changeConversation(id, { assignee_id: agentId });
    say({ text: t(agentId === null ? "unassigned-toast" : agentId === me.peek()?.id ? "assigned-me-toast" : "assigned-toast"), action: { label: t("undo"), run: () => void assign(id, before) } });
  } catch (problem) {
    sayProblem(problem);
  }
}

/** The keyboard of the agents' page. @param {number|null} activeId */
export function useCommands(activeId) {
  const open = (/** @type {1|-1} */ step) => {
    const next = neighbour(activeId, step);
    if (next !== null) openConversation(next);
  };
  const withActive = { ready: activeId !== null };
  const id = /** @type {number} */ (activeId);
  const resolved = conversation(activeId)?.state === "resolved";
  const view = (/** @type {import("./choice.js").ViewName} */ name, /** @type {string} */ key) => ({
    id: `view-${name}`, group: t("group-go"), icon: "inbox", label: t(`view-${name}`), keys: [key], run: () => chooseView(name),
  });
  useActions([
    { id: "next", group: t("group-move"), icon: "arrow-down", label: t("key-next"), keys: ["j"], run: () => open(1) },
    { id: "previous", group: t("group-move"), icon: "arrow-up", label: t("key-previous"), keys: ["k"], run: () => open(-1) },
    { id: "search", group: t("group-move"), icon: "search", label: t("key-search"), keys: ["/"], run: () => void (searchWish.value += 1) },
    { id: "reply", group: t("group-answer"), icon: "reply", label: t("key-reply"), keys: ["r"], ...withActive, run: () => void wishComposer("reply") },
    { id: "note", group: t("group-answer"), icon: "sticky-note", label: t("key-note"), keys: ["n"], ...withActive, run: () => void wishComposer("note") },
    { id: "resolve", group: t("group-work"), icon: resolved ? "rotate-ccw" : "check", label: t(resolved ? "reopen" : "resolve"), keys: ["e"], ...withActive, run: () => void toggleResolved(id) },
    { id: "assign", group: t("group-work"), icon: "users", label: t("key-assign"), keys: ["a"], ...withActive, run: () => void (assignOpen.value = true) },
    { id: "assign-me", group: t("group-work"), icon: "circle-user", label: t("key-mine"), keys: ["m"], ...withActive, run: () => void assign(id, me.peek()?.id ?? null) },
    view("open", "1"),
    view("mine", "2"),
    view("unassigned", "3"),
    view("resolved", "4"),
  ]);
}
