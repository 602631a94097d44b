import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../components/button.js";
import { FileDrop, FilePick } from "../../components/filedrop.js";
import { Icon } from "../../components/icon.js";
import { KeyHint } from "../../components/keyhint.js";
import { say } from "../../components/toast.js";
import { classes, html } from "../../html.js";
import { lookAt } from "../../live.js";
import { conversation } from "../../state/conversations.js";
import { changeDraft, draftOf, dropDraft } from "../../state/drafts.js";
import { write } from "../../state/outbox.js";
import { timelineOf } from "../../state/timelines.js";
import { t } from "../../words.js";
import { composerWish, toggleResolved } from "./commands.js";
import { ComposingFiles } from "./composing.js";
import { chosenDestination, Destination, useDestinations } from "./destination.js";
import { PartsHint } from "./parts.js";
import { Refusal } from "./refusal.js";
import { filled, isFilled, TemplateForm, useTemplates } from "./templates.js";
import { TextHint, TextMeter } from "./textmeter.js";
import { useUploads } from "./uploads.js";
import { windowIsOpen, WindowLeft } from "./window.js";

/** How long after the last key a colleague still sees "is writing". */
const WRITING = 5000;

/** In a chat one line is an answer, and Enter sends it. */
const CHATS = new Set(["chat", "webchat", "visitor"]);

const NO_TEMPLATE = { id: "", variables: {} };

/** Where an answer or a note is written. It names the address it will go to.
 * @param {{customerId: number, conversationId: number}} props */
export function Composer({ customerId, conversationId }) {
  const draft = draftOf(conversationId);
  const note = draft.mode === "note";
  const entries = timelineOf(customerId).entries;
  const newestIn = entries.value.findLast((entry) => entry.direction === "in" && entry.id > 0)?.id;
  const { destinations, failed, reload } = useDestinations(conversationId, newestIn);
  const destination = chosenDestination(destinations, draft.to);
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [copyShown, setCopyShown] = useState(Boolean(draft.cc));
  const field = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  const form = useRef(/** @type {HTMLFormElement|null} */ (null));
  /** Into the text, or what stands in its place. */
  const focus = () => /** @type {HTMLElement|null|undefined} */ (form.current?.querySelector(".composer-text, .template input, .template button"))?.focus();
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
    focus();
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

  const open = windowIsOpen(destination);
  const templating = !note && Boolean(destination?.text?.templates) && (!open || draft.template !== null);
  const held = useTemplates(templating ? /** @type {number} */ (destination?.channel_id) : null);
  const wanted = draft.template ?? NO_TEMPLATE;
  const template = templating ? held.templates?.find((it) => it.id === wanted.id && (it.approved || open)) : undefined;
  const writeFreely = () => change({ template: null });

  const segmented = !note && !templating && Boolean(destination?.text?.segments);
  const max = destination?.text?.max_text ?? limits?.max_text ?? null;
  const tooLong = !note && max !== null && text.length > max;
  const blocked = templating ? templateBlocks(destination, template, wanted) : !text.trim() && !(draft.attachments.length && !note) ? t("nothing-written") : uploads.busy ? t("still-uploading") : !note && !destination?.usable ? t("no-usable-address") : tooLong ? t("too-long") : null;

  const send = async ({ anyway = false, resolve = false } = {}) => {
    if (blocked) {
      if (templating || text.trim()) say({ text: blocked });
      focus();
      return;
    }
    setProblem(null);
    const before = draft;
    const newest = entries.peek().findLast((entry) => entry.conversation_id === conversationId && entry.id > 0);
    const attachment_ids = draft.attachments.map((it) => it.id);
    const body = note
      ? { text: draft.note, attachment_ids }
      : {
          ...(template
            ? { template: { id: template.id, variables: wanted.variables } }
            : { text: draft.text, html: null, cc: draft.cc.split(/[,;\s]+/).filter(Boolean), ...(draft.subject ? { subject: draft.subject } : {}), attachment_ids }),
          to_identity_id: destination?.identity_id,
          channel_id: destination?.channel_id,
          last_seen_entry_id: newest?.id ?? null,
          ...(anyway ? { confirm_newer: true } : {}),
        };
    if (note) change({ note: "", mode: "reply", attachments: [] });
    else if (template) change({ template: null });
    else dropDraft(conversationId);
    lookAt(conversationId);
    // the button that was pressed is disabled or gone now; on a phone the keyboard stays away
    if (matchMedia("(pointer: fine)").matches) focus();
    try {
      await write({ customerId, conversationId, kind: note ? "note" : "message", body, address: destination?.address ?? null, text: template && filled(template, wanted.variables) });
      if (resolve) void toggleResolved(conversationId);
    } catch (refusal) {
      // nothing was sent: what was written comes back, unless the agent has begun anew
      const since = draftOf(conversationId);
      if (template || (!since.text.trim() && !since.note.trim())) change(before);
      const failure = /** @type {any} */ (refusal);
      if (failure.code === "needs_template") reload();
      if (failure.code === "newer_entry") for (const entry of failure.body.newer ?? []) timelineOf(customerId).upsert(entry);
      setProblem(failure);
      focus();
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
      <form ref=${form} class="composer-form" aria-label=${t("composer")} onSubmit=${(/** @type {Event} */ e) => (e.preventDefault(), void send())}>
        ${problem && html`<${Refusal} problem=${problem} onAnyway=${() => send({ anyway: true })}
          onTemplate=${() => (setProblem(null), change({ template: wanted }))} onDismiss=${() => setProblem(null)} />`}
        <div class="composer-head">
          <div class="segments" role="radiogroup" aria-label=${t("composer-mode")}>
            ${/** @type {const} */ (["reply", "note"]).map(
              (mode) => html`<button key=${mode} type="button" role="radio" aria-checked=${String(draft.mode === mode)} class="segment"
                data-tip=${t(`mode-${mode}-tip`)} data-tip-keys=${mode === "reply" ? "R" : "N"}
                onClick=${() => (change({ mode }), focus())}>
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
        ${templating
          ? html`
            <p class="template-why"><${Icon} name="timer" size=${14} /><span>${t(open ? "template-chosen" : destination?.window?.closes_at ? "window-closed" : "window-never")}</span>
              ${open && html`<button type="button" class="entry-tool" onClick=${writeFreely}>${t("write-freely")}</button>`}</p>
            <${TemplateForm} approvedOnly=${!open} held=${held} chosen=${wanted} onChoose=${(/** @type {any} */ chosen) => change({ template: chosen })} />`
          : html`
            <textarea ref=${field} class="composer-text" rows=${chat ? 1 : 2} dir="auto" value=${text}
              aria-label=${note ? t("mode-note") : t("write-to", { name: destination?.name || destination?.address || "" })}
              placeholder=${note ? t("note-placeholder") : t("reply-placeholder", { name: destination?.name?.split(" ")[0] || destination?.address || "" })}
              onInput=${(/** @type {any} */ e) => typed(e.target.value)} onKeyDown=${onKeyDown}></textarea>
            ${segmented && html`<${TextHint} text=${text} onText=${(/** @type {string} */ plain) => (typed(plain), focus())} />`}
            <${ComposingFiles} attachments=${draft.attachments} uploads=${uploads}
              onRemove=${(/** @type {number} */ id) => change({ attachments: draft.attachments.filter((it) => it.id !== id) })} />
            ${!note && html`<${PartsHint} text=${text} files=${draft.attachments} limits=${limits} />`}`}
        <div class="composer-foot">
          ${!templating && html`<${FilePick} onFiles=${uploads.add} trigger=${(/** @type {() => void} */ open) => html`<${Button} kind="quiet" icon="paperclip"
            tip=${t("attach")} onClick=${open} disabled=${!note && limits && !limits.attachments} />`} />`}
          ${!note && !templating && destination?.text?.templates && html`<${Button} kind="quiet" icon="layout-template"
            tip=${t("template-use")} onClick=${() => change({ template: NO_TEMPLATE })} />`}
          ${segmented && html`<${TextMeter} text=${text} />`}
          ${max !== null && !note && !templating && text.length > (segmented ? max : 0.8 * max) && html`<span class=${`counter number ${tooLong ? "danger" : ""}`}>
            ${text.length} / ${max}</span>`}
          ${!note && destination && html`<${WindowLeft} destination=${destination} />`}
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

/** Why a template cannot go out yet. @param {import("../../types.js").Destination|null} destination
 * @param {import("../../types.js").Template|undefined} template @param {import("../../types.js").ChosenTemplate} wanted */
function templateBlocks(destination, template, wanted) {
  if (!destination?.usable) return t("no-usable-address");
  if (!template) return t("template-missing");
  return isFilled(template, wanted.variables) ? null : t("template-incomplete");
}
