import { effect } from "@preact/signals";
import { drop, say, toasts } from "../../components/toast.js";
import { whoOf } from "../../naming.js";
import { go, route } from "../../router.js";
import { calls, isMine, ringsForMe } from "../../state/calls.js";
import { hasDraft } from "../../state/drafts.js";
import { watched } from "../../state/conversations.js";
import { t } from "../../words.js";

/** @typedef {import("../../types.js").Call} Call */

/** Calls whose customer was shown already; and the toast of those that were only announced. @type {Map<number, number|null>} */
const shown = new Map();

/** Whether somebody has words under their hands that another page would take from them. */
function isWriting() {
  const at = document.activeElement;
  const inField = at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));
  const id = watched.peek();
  return inField || document.querySelector("dialog[open]") !== null || (id !== null && hasDraft(id)) || route.peek().page === "admin";
}

/** A call that rings for me brings the customer's timeline, or says so to somebody who is writing. @param {Call} call */
function pop(call) {
  const open = () => go(`/conversations/${call.conversation_id}`);
  if (watched.peek() === call.conversation_id) return null;
  if (!isWriting()) {
    open();
    return null;
  }
  say({ text: t("call-pop", { name: whoOf(call), direction: call.direction }), action: { label: t("show"), run: open } }, Infinity);
  return toasts.peek().at(-1)?.id ?? null;
}

/** Watches the calls for as long as the page is open. */
export const startPopping = () =>
  effect(() => {
    for (const call of calls.value.values()) {
      if (ringsForMe(call) && !shown.has(call.id)) shown.set(call.id, pop(call));
    }
    for (const [id, toast] of shown) {
      const call = calls.value.get(id);
      if (toast !== null && !(call && (ringsForMe(call) || isMine(call)))) {
        drop(toast);
        shown.set(id, null);
      }
    }
  });
