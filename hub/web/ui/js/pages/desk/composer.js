import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Banner } from "../../components/banner.js";
import { Button } from "../../components/button.js";
import { FileDrop, FilePick } from "../../components/filedrop.js";
import { Icon } from "../../components/icon.js";
import { KeyHint } from "../../components/keyhint.js";
import { say } from "../../components/toast.js";
import { size } from "../../format.js";
import { classes, html } from "../../html.js";
import { lookAt } from "../../live.js";
import { conversation } from "../../state/conversations.js";
import { changeDraft, draftOf, dropDraft } from "../../state/drafts.js";
import { write } from "../../state/outbox.js";
import { timelineOf } from "../../state/timelines.js";
import { t } from "../../words.js";
import { fileIcon } from "./attachments.js";
import { composerWish, toggleResolved } from "./commands.js";
import { chosenDestination, Destination, useDestinations } from "./destination.js";
import { useUploads } from "./uploads.js";

/** How long after the last key a colleague still sees "is writing". */
const WRITING = 5000;

/** In a chat one line is an answer, and Enter sends it. */
const CHATS = new Set(["chat", "webchat", "visitor"]);

/** Where an answer or a note is written. It names the address it will go to.
 * @param {{customerId: number, conversationId: number}} props */
export function Composer({ customerId, conversationId }) {
  const draft = draftOf(conversationId);
  const note = draft.mode === "note";
  const { destinations, failed, reload } = useDestinations(conversationId);
  const destination = chosenDestination(destinations, draft.to);
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [copyShown, setCopyShown] = useState(Boolean(draft.cc));
  const field = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  const change = (/** @type {Partial<import("../../state/drafts.js").Draft>} */ changes) => changeDraft(conversationId, changes);
  const uploads = useUploads(conversationId);
  const wish = composerWish.value;
  const text = note ? draft.note : draft.text;
  const limits = destination?.limits;
  const chat = !note && destination !== null && !destination.limits.subject && CHATS.has(destination.kind);

  // before the next key press, so that no letter of the answer is taken for a command
  useLayoutEffect(() => {
    if (!wish) return;
    composerWish.value = null;
    change({ mode: wish.mode });
    field.current?.focus();
  }, [wish]);

  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.blockSize = "auto";
    element.style.blockSize = `${element.scrollHeight}px`;
  }, [text, note]);

  /** @type {{current: ReturnType<typeof setTimeout>|undefined}} */
  const quiet = useRef(undefined);
  const typed = (/** @type {string} */ value) => {
    change(note ? { note: value } : { text: value });
    lookAt(conversationId, value.trim() !== "");
    clearTimeout(quiet.current);
    quiet.current = setTimeout(() => lookAt(conversationId), WRITING);
  };
  useEffect(() => () => clearTimeout(quiet.current), []);

  const tooLong = !note && limits?.max_text != null && text.length > limits.max_text;
  const blocked = !text.trim() && !(draft.attachments.length && !note) ? t("nothing-written") : uploads.busy ? t("still-uploading") : !note && !destination?.usable ? t("no-usable-address") : tooLong ? t("too-long") : null;

  const send = async ({ anyway = false, resolve = false } = {}) => {
    if (blocked) {
      if (text.trim()) say({ text: blocked });
      field.current?.focus();
      return;
    }
    setProblem(null);
    const before = draft;
    const newest = timelineOf(customerId).entries.peek().findLast((entry) => entry.conversation_id === conversationId && entry.id > 0);
    const attachment_ids = draft.attachments.map((it) => it.id);
    const body = note
      ? { text: draft.note, attachment_ids }
      : {
          text: draft.text,
          html: null,
          to_identity_id: destination?.identity_id,
          channel_id: destination?.channel_id,
          cc: draft.cc.split(/[,;\s]+/).filter(Boolean),
          ...(draft.subject ? { subject: draft.subject } : {}),
          attachment_ids,
          last_seen_entry_id: newest?.id ?? null,
          ...(anyway ? { confirm_newer: true } : {}),
        };
    if (note) change({ note: "", mode: "reply", attachments: [] });
    else dropDraft(conversationId);
    lookAt(conversationId);
    // the button that was pressed is disabled or gone now; on a phone the keyboard stays away
    if (matchMedia("(pointer: fine)").matches) field.current?.focus();
    try {
      await write({ customerId, conversationId, kind: note ? "note" : "message", body, address: destination?.address ?? null });
      if (resolve) void toggleResolved(conversationId);
    } catch (refusal) {
      // nothing was sent: what was written comes back, unless the agent has begun anew
      const since = draftOf(conversationId);
      if (!since.text.trim() && !since.note.trim()) change(before);
      const failure = /** @type {any} */ (refusal);
      if (failure.code === "newer_entry") for (const entry of failure.body.newer ?? []) timelineOf(customerId).upsert(entry);
      setProblem(failure);
      field.current?.focus();
    }
  };

  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    const meant = event.metaKey || event.ctrlKey || (chat && !event.shiftKey && matchMedia("(pointer: fine)").matches);
    if (event.key === "Enter" && meant) {
      event.preventDefault();
      void send({ resolve: event.shiftKey && !note && !chat });
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      field.current?.blur();
    }
  };

  return html`
    <${FileDrop} class=${classes("composer", note && "as-note")} label=${t("drop-here")} onFiles=${uploads.add}>
      <form class="composer-form" aria-label=${t("composer")} onSubmit=${(/** @type {Event} */ e) => (e.preventDefault(), void send())}>
        ${problem && html`<${Refusal} problem=${problem} onAnyway=${() => send({ anyway: true })} onDismiss=${() => setProblem(null)} />`}
        <div class="composer-head">
          <div class="segments" role="radiogroup" aria-label=${t("composer-mode")}>
            ${/** @type {const} */ (["reply", "note"]).map(
              (mode) => html`<button key=${mode} type="button" role="radio" aria-checked=${String(draft.mode === mode)} class="segment"
                data-tip=${t(`mode-${mode}-tip`)} data-tip-keys=${mode === "reply" ? "R" : "N"}
                onClick=${() => (change({ mode }), field.current?.focus())}>
                <${Icon} name=${mode === "reply" ? "reply" : "sticky-note"} size=${14} />${t(`mode-${mode}`)}</button>`,
            )}
          </div>
          ${note
            ? html`<p class="note-hint"><${Icon} name="lock" size=${14} />${t("note-hint")}</p>`
            : html`<span class="grow"></span>`}
          ${!note && limits?.cc && !copyShown && html`<button type="button" class="entry-tool" onClick=${() => setCopyShown(true)}>
            ${t("add-copy")}</button>`}
          ${!note && limits?.subject && draft.subject === null && html`<button type="button" class="entry-tool"
            onClick=${() => change({ subject: conversation(conversationId)?.subject ?? "" })}>${t("edit-subject")}</button>`}
        </div>
        ${!note && html`<${Destination} destinations=${destinations} chosen=${destination} failed=${failed} onReload=${reload}
          onChoose=${(/** @type {any} */ it) => change({ to: { identity_id: it.identity_id, channel_id: it.channel_id } })} />`}
        ${!note && copyShown && limits?.cc && html`<label class="composer-line"><span>${t("copy-to")}</span>
          <input type="text" value=${draft.cc} autocomplete="off" onInput=${(/** @type {any} */ e) => change({ cc: e.target.value })}
          placeholder=${t("copy-placeholder")} /></label>`}
        ${!note && limits?.subject && draft.subject !== null && html`<label class="composer-line"><span>${t("subject")}</span>
          <input type="text" value=${draft.subject} onInput=${(/** @type {any} */ e) => change({ subject: e.target.value })} /></label>`}
        <textarea ref=${field} class="composer-text" rows=${chat ? 1 : 2} dir="auto" value=${text}
          aria-label=${note ? t("mode-note") : t("write-to", { name: destination?.name || destination?.address || "" })}
          placeholder=${note ? t("note-placeholder") : t("reply-placeholder", { name: destination?.name?.split(" ")[0] || destination?.address || "" })}
          onInput=${(/** @type {any} */ e) => typed(e.target.value)} onKeyDown=${onKeyDown}></textarea>
        ${(draft.attachments.length > 0 || uploads.items.length > 0) &&
        html`<ul class="attachments composing" aria-label=${t("attachments")}>
          ${draft.attachments.map((it) => chip(it.id, it.filename, it.content_type, size(it.size), () => change({ attachments: draft.attachments.filter((other) => other.id !== it.id) })))}
          ${uploads.items.map((it) => chip(it.key, it.name, it.type, it.failed ?? t("uploading"), () => uploads.drop(it.key), it.failed ? "wrong" : "busy"))}
        </ul>`}
        <div class="composer-foot">
          <${FilePick} onFiles=${uploads.add} trigger=${(/** @type {() => void} */ open) => html`<${Button} kind="quiet" icon="paperclip"
            tip=${t("attach")} onClick=${open} disabled=${!note && limits && !limits.attachments} />`} />
          ${limits?.max_text != null && !note && html`<span class=${`counter number ${tooLong ? "danger" : ""}`}>
            ${text.length} / ${limits.max_text}</span>`}
          <span class="composer-keys faint"><${KeyHint} keys=${chat ? "Enter" : "mod+Enter"} /> ${t(note ? "to-save" : "to-send")}</span>
          ${!note && html`<${Button} kind="quiet" type="button" class="send-resolve" onClick=${() => send({ resolve: true })}
            disabled=${Boolean(blocked)}>${t("send-resolve")}<//>`}
          <${Button} kind="primary" type="submit" icon=${note ? "sticky-note" : "send"} disabled=${Boolean(blocked)}>
            ${t(note ? "save-note" : "send")}<//>
        </div>
      </form>
    <//>
  `;
}

/** @param {any} key @param {string} name @param {string} type @param {string} detail @param {() => void} onRemove @param {string} [state] */
function chip(key, name, type, detail, onRemove, state = "") {
  return html`<li key=${key} class=${`attachment ${state}`}><span class="attachment-body">
    <span class="attachment-icon">${state === "busy" ? html`<span class="spinner">
      </span>` : html`<${Icon} name=${state === "wrong" ? "circle-alert" : fileIcon(type)} size=${18} />`}</span>
    <span class="attachment-text"><span class="attachment-name truncate">${name}</span><span class="attachment-size number">${detail}</span>
      </span>
    <${Button} kind="quiet" size="small" icon="x" tip=${t("remove-file", { name })} onClick=${onRemove} />
  </span></li>`;
}

/** The hub did not take it: why, and what to do. @param {{problem: any, onAnyway: () => void, onDismiss: () => void}} props */
function Refusal({ problem, onAnyway, onDismiss }) {
  if (problem.code === "newer_entry") {
    const newest = (problem.body.newer ?? []).at(-1);
    return html`<${Banner} tone="warning" live title=${t("newer-title", { n: problem.body.newer?.length ?? 1 })}
      actions=${html`<${Button} size="small" kind="primary" onClick=${onAnyway}>${t("send-anyway")}<//>
        <${Button} size="small" kind="quiet" onClick=${onDismiss}>${t("keep-writing")}<//>`}>
      ${newest ? html`<span class="newer-preview"><strong>${newest.author.name ?? ""}:</strong> ${newest.text.slice(0, 160)}
        </span>` : t("newer-text")}<//>`;
  }
  return html`<${Banner} tone="danger" live title=${t("not-sent")} actions=${html`<${Button} size="small" kind="quiet" onClick=${onDismiss}>
    ${t("close")}<//>`}>${problem.message || t("change-failed")}<//>`;
}
