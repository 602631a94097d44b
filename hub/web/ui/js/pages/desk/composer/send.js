import { useState } from "preact/hooks";
import { say } from "../../../components/toast.js";
import { shortMoment } from "../../../format.js";
import { lookAt } from "../../../live.js";
import { changeDraft, draftOf, dropDraft } from "../../../state/drafts.js";
import { write } from "../../../state/outbox.js";
import { leaderOf } from "../../../state/related.js";
import { takeBack } from "../../../state/scheduled.js";
import { agents, me } from "../../../state/session.js";
import { timelineOf } from "../../../state/timelines.js";
import { t } from "../../../words.js";
import { openConversation } from "../choice.js";
import { sayProblem, toggleResolved } from "../commands.js";
import { filled } from "./templates.js";

/** @typedef {import("../../../state/drafts.js").Draft} Draft */
/** @typedef {import("../../../types.js").Destination} Destination */
/** @typedef {{anyway?: boolean, resolve?: boolean, at?: string|null}} Wish at: not before then */

/** How the message goes out: what stands in the draft, to that destination. @param {Draft} draft @param {Destination|null} destination
 * @param {import("../../../types.js").Template|undefined} template @param {number|null} seen */
function messageBody(draft, destination, template, seen) {
  const words = template
    ? { template: { id: template.id, variables: draft.template?.variables ?? {} } }
    : {
        text: draft.text,
        html: destination?.limits.html ? draft.html : null,
        cc: draft.cc.split(/[,;\s]+/).filter(Boolean),
        ...(draft.subject && destination?.limits.subject ? { subject: draft.subject } : {}),
        attachment_ids: draft.attachments.map((it) => it.id),
      };
  return { ...words, to_identity_id: destination?.identity_id, channel_id: destination?.channel_id, last_seen_entry_id: seen };
}

/** Those who are named in it still. @param {Draft} draft */
const stillNamed = (draft) => draft.mentions.filter((id) => draft.note.includes(`@${agents.peek().get(id)?.name ?? "\0"}`));

/**
 * Sending what is written: at once, held for a moment in which it can be undone, or later.
 * @param {{customerId: number, conversationId: number, destination: Destination|null, template: import("../../../types.js").Template|undefined,
 *   blocked: string|null, quiet: boolean, focus: () => void, reload: () => void}} given quiet: nothing is written yet, so nothing is said about it
 */
export function useSending({ customerId, conversationId, destination, template, blocked, quiet, focus, reload }) {
  const [problem, setProblem] = useState(/** @type {any} */ (null));

  const send = async (/** @type {Wish} */ { anyway = false, resolve = false, at = null } = {}) => {
    if (blocked) {
      if (!quiet) say({ text: blocked });
      focus();
      return;
    }
    setProblem(null);
    const before = draftOf(conversationId);
    const note = before.mode === "note";
    const newest = timelineOf(customerId).newestOf((id) => leaderOf(id) === conversationId);
    const hold = note || at || !destination?.limits.subject ? 0 : (me.peek()?.undo_seconds ?? 0);
    const body = note
      ? { text: before.note, attachment_ids: before.attachments.map((it) => it.id), mentions: stillNamed(before) }
      : {
          ...messageBody(before, destination, template, newest),
          ...(anyway ? { confirm_newer: true } : {}),
          ...(at ? { send_at: at } : hold ? { hold_seconds: hold } : {}),
        };
    // the next words are for colleagues too until the agent says otherwise: none goes to the customer by mistake
    if (note) changeDraft(conversationId, { note: "", attachments: [], mentions: [] });
    else if (template) changeDraft(conversationId, { template: null });
    else dropDraft(conversationId);
    lookAt(conversationId);
    // the button that was pressed is disabled or gone now; on a phone the keyboard stays away
    if (matchMedia("(pointer: fine)").matches) focus();
    try {
      const made = await write({
        customerId,
        conversationId,
        kind: note ? "note" : at || hold ? "later" : "message",
        body,
        address: destination?.address ?? null,
        text: template && filled(template, before.template?.variables ?? {}),
      });
      if (at) say({ tone: "success", text: t("scheduled-toast", { when: shortMoment(Date.parse(at)) }) });
      if (resolve) {
        await toggleResolved(conversationId);
        if (made && hold) say({ text: t("held-toast"), action: { label: t("undo-send"), run: () => void undo(made.id) } }, hold * 1000);
      }
    } catch (refusal) {
      // nothing was sent: what was written comes back, unless the agent has begun anew
      const since = draftOf(conversationId);
      if (template || (!since.text.trim() && !since.note.trim())) changeDraft(conversationId, before);
      const failure = /** @type {any} */ (refusal);
      if (failure.code === "needs_template") reload();
      if (failure.code === "newer_entry") for (const entry of failure.body.newer ?? []) timelineOf(customerId).upsert(entry);
      setProblem({ ...failure, message: failure.message, at });
      focus();
    }
  };

  const undo = async (/** @type {number} */ id) => {
    try {
      await takeBack(id);
      openConversation(conversationId);
    } catch (failure) {
      sayProblem(failure);
    }
  };
  return { send, problem, setProblem };
}
