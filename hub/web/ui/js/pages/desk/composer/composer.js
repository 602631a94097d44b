import { signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useActions } from "../../../actions.js";
import { Button } from "../../../components/button.js";
import { FileDrop } from "../../../components/filedrop.js";
import { Icon } from "../../../components/icon.js";
import { classes, html } from "../../../html.js";
import { lookAt } from "../../../live.js";
import { addressOf, shownAs } from "../../../naming.js";
import { channels } from "../../../state/channels.js";
import { conversation } from "../../../state/conversations.js";
import { changeDraft, draftOf, dropDraft, hasDraft } from "../../../state/drafts.js";
import { mentions, mentionsSeen } from "../../../state/mentions.js";
import { wantReplies } from "../../../state/replies.js";
import { loadScheduled, undoable } from "../../../state/scheduled.js";
import { timelineOf } from "../../../state/timelines.js";
import { t } from "../../../words.js";
import { composerWish } from "../commands.js";
import { CompletionList, useCompletion } from "../editor/completion.js";
import { PlainText } from "../editor/plaintext.js";
import { RichText } from "../editor/richtext.js";
import { tight, useHere } from "../folding.js";
import { undoSend } from "../undosend.js";
import { ComposingFiles } from "./composing.js";
import { chosenDestination, useDestinations } from "./destination.js";
import { ComposerFoot } from "./foot.js";
import { ComposerHead } from "./head.js";
import { PartsHint } from "./parts.js";
import { Refusal } from "./refusal.js";
import { SaveReply } from "./savereply.js";
import { ScheduledList } from "./scheduledlist.js";
import { useSending } from "./send.js";
import { SignatureNote } from "./signature.js";
import { mentionChoices, slashChoices } from "./slash.js";
import { isFilled, TemplateForm, useTemplates } from "./templates.js";
import { TextHint } from "./textmeter.js";
import { useUploads } from "./uploads.js";
import { Holes, useNewer, Warnings } from "./warnings.js";
import { windowIsOpen } from "./window.js";

/** How long after the last key a colleague still sees "is writing". */
const WRITING = 5000;

/** In a chat one line is an answer, and Enter sends it. */
const CHATS = new Set(["chat", "webchat", "visitor"]);

const NO_TEMPLATE = { id: "", variables: {} };
const laterOpen = signal(false);

/** Where an answer or a note is written. It names the address it will go to.
 * @param {{customerId: number, conversationId: number}} props */
export function Composer({ customerId, conversationId }) {
  const draft = draftOf(conversationId);
  const note = draft.mode === "note";
  const entries = timelineOf(customerId).entries.value;
  const newestIn = entries.findLast((entry) => entry.direction === "in" && entry.id > 0)?.id;
  const { destinations, failed, reload } = useDestinations(conversationId, newestIn);
  const destination = chosenDestination(destinations, draft.to);
  const [saving, setSaving] = useState(false);
  const writer = useRef(/** @type {import("../editor/plaintext.js").Writer|null} */ (null));
  const form = useRef(/** @type {HTMLFormElement|null} */ (null));
  /** Into the text, or what stands in its place. */
  const focus = () => /** @type {HTMLElement|null|undefined} */ (form.current?.querySelector(".composer-text, .template input, .template button"))?.focus();
  const change = (/** @type {Partial<import("../../../state/drafts.js").Draft>} */ changes) => changeDraft(conversationId, changes);
  /** Whoever writes goes on in the field that takes the place of theirs. */
  const writing = Boolean(form.current?.contains(document.activeElement) && document.activeElement?.matches(".composer-text"));
  const uploads = useUploads((file) => change({ attachments: [...draftOf(conversationId).attachments, file] }));
  const text = note ? draft.note : draft.text;
  const limits = destination?.limits;
  const chat = !note && destination !== null && !destination.limits.subject && CHATS.has(destination.kind);
  // until the destinations are there, the conversation's own channel says what its answers look like
  const offers = channels.value?.get(conversation(conversationId)?.channel.id ?? 0)?.offers;
  const rich = !note && Boolean(limits ? limits.html : offers?.subject);

  // whoever comes back to a conversation answers the customer, unless a note was begun
  useEffect(() => () => void (hasDraft(conversationId) || draftOf(conversationId).mode === "reply" || dropDraft(conversationId)), []);
  useEffect(() => {
    wantReplies();
    loadScheduled(conversationId).catch(() => undefined);
  }, []);

  const named = mentions.value.some((it) => it.conversation_id === conversationId);
  useEffect(() => {
    const see = () => document.visibilityState === "visible" && void mentionsSeen(conversationId).catch(() => undefined);
    if (named) see();
    document.addEventListener("visibilitychange", see);
    return () => document.removeEventListener("visibilitychange", see);
  }, [named]);

  const wish = composerWish.value;
  // before the next key press, so that no letter of the answer is taken for a command
  useLayoutEffect(() => {
    if (!wish) return;
    composerWish.value = null;
    change({ mode: wish.mode });
    focus();
  }, [wish]);

  useLayoutEffect(() => {
    if (!writing || form.current?.contains(document.activeElement)) return;
    focus();
    const field = document.activeElement;
    if (!(field instanceof HTMLElement) || !field.isContentEditable) return;
    getSelection()?.selectAllChildren(field);
    getSelection()?.collapseToEnd();
  }, [note, rich]);

  /** @type {{current: ReturnType<typeof setTimeout>|undefined}} */
  const quiet = useRef(undefined);
  const typed = (/** @type {Partial<import("../../../state/drafts.js").Draft>} */ changes) => {
    change(changes);
    lookAt(conversationId, Boolean((changes.note ?? changes.text ?? "").trim()));
    clearTimeout(quiet.current);
    quiet.current = setTimeout(() => lookAt(conversationId), WRITING);
  };
  useEffect(() => () => clearTimeout(quiet.current), []);

  const open = windowIsOpen(destination);
  const templating = !note && Boolean(destination?.text?.templates) && (!open || draft.template !== null);
  const held = useTemplates(templating ? /** @type {number} */ (destination?.channel_id) : null);
  const wanted = draft.template ?? NO_TEMPLATE;
  const template = templating ? held.templates?.find((it) => it.id === wanted.id && (it.approved || open)) : undefined;

  const segmented = !note && !templating && Boolean(destination?.text?.segments);
  const max = destination?.text?.max_text ?? limits?.max_text ?? null;
  const tooLong = !note && max !== null && text.length > max;
  const blocked = templating ? templateBlocks(destination, template, wanted) : !text.trim() && !(draft.attachments.length && !note) ? t("nothing-written") : uploads.busy ? t("still-uploading") : uploads.items.length ? t("upload-left") : !note && !destination?.usable ? t("no-usable-address") : tooLong ? t("too-long") : null;
  const { send, problem, setProblem } = useSending({ customerId, conversationId, destination, template, blocked, quiet: !templating && !text.trim(), focus, reload });

  const take = (/** @type {import("../../../state/replies.js").Rendered} */ reply) => {
    writer.current?.replace(0, reply);
    if (reply.attachments.length) change({ attachments: [...draftOf(conversationId).attachments, ...reply.attachments] });
  };
  const completion = useCompletion(writer, (mark, query) =>
    mark === "@"
      ? note
        ? mentionChoices(query, (id) => change({ mentions: [...new Set([...draftOf(conversationId).mentions, id])] }))
        : []
      : slashChoices({
          conversationId,
          query,
          note,
          take,
          attach: note || limits?.attachments ? () => /** @type {HTMLElement|null|undefined} */ (form.current?.querySelector("input[type=file]"))?.click() : null,
          later: note ? null : () => void (laterOpen.value = true),
          template: !note && destination?.text?.templates ? () => (change({ template: NO_TEMPLATE }), setTimeout(focus, 0)) : null,
          swap: () => (change({ mode: note ? "reply" : "note" }), setTimeout(focus, 0)),
          save: text.trim().length > 1 ? () => setSaving(true) : null,
        }),
  );
  const onWritten = (/** @type {Partial<import("../../../state/drafts.js").Draft>} */ changes) => (typed(changes), completion.look());

  const leave = () => {
    writer.current?.blur();
    /** @type {HTMLElement|null} */ (document.querySelector(".timeline-scroll"))?.focus({ preventScroll: true });
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing || completion.onKey(event)) return;
    const meant = event.metaKey || event.ctrlKey || (chat && !event.shiftKey && matchMedia("(pointer: fine)").matches);
    if (event.key === "Enter" && meant) void send({ resolve: event.shiftKey && !note && !chat });
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const back = undoable.value;
  const undo = () => void (back && undoSend(back.id));
  useActions([{ id: "undo-send", group: t("group-answer"), icon: "undo-2", label: t("undo-send"), keys: ["z"], ready: back?.conversation_id === conversationId, run: undo }]);
  const here = useHere(form);
  const folded = tight.value && !here && !problem && !hasDraft(conversationId) && !uploads.items.length;
  const newer = useNewer(entries, conversationId, Boolean(text.trim()));

  const talk = conversation(conversationId);
  const first = (destination ? destination.name : talk?.customer.name)?.split(" ")[0] || (destination ? shownAs(destination.address) : talk ? addressOf(talk.identity) : "");
  const shared = {
    writer,
    onMoved: completion.look,
    onKeyDownCapture: onKeyDown,
    onBlur: completion.close,
    placeholder: note ? t("note-placeholder") : t(chat || tight.value ? "reply-placeholder" : "reply-placeholder-slash", { name: first }),
    ...completion.attributes,
  };
  const label = note ? t("mode-note") : t("write-to", { name: destination?.name || (destination ? shownAs(destination.address) : "") });
  return html`
    <${FileDrop} class=${classes("composer", note && "as-note")} label=${t("drop-here")} onFiles=${uploads.add}>
      <${ScheduledList} conversationId=${conversationId} onBack=${() => setTimeout(focus, 0)} />
      <form ref=${form} class=${classes("composer-form", folded && "folded")} aria-label=${t("composer")} onClick=${() => folded && focus()}
        onSubmit=${(/** @type {Event} */ e) => (e.preventDefault(), void send())}>
        ${problem && html`<${Refusal} problem=${problem} onAnyway=${() => send({ anyway: true, at: problem.at })}
          onTemplate=${() => (setProblem(null), change({ template: wanted }))} onDismiss=${() => setProblem(null)} />`}
        <${ComposerHead} conversationId=${conversationId} draft=${draft} change=${change} focus=${focus} destinations=${destinations}
          destination=${destination} failed=${failed} reload=${reload} />
        ${!problem && html`<${Warnings} conversationId=${conversationId} newer=${newer} />`}
        ${templating
          ? html`
            <p class="template-why"><${Icon} name="timer" size=${14} /><span>${t(open ? "template-chosen" : destination?.window?.closes_at ? "window-closed" : "window-never")}</span>
              ${open && html`<button type="button" class="entry-tool" onClick=${() => (change({ template: null }), setTimeout(focus, 0))}>${t("write-freely")}</button>`}</p>
            <${TemplateForm} approvedOnly=${!open} held=${held} chosen=${wanted} onChoose=${(/** @type {any} */ chosen) => change({ template: chosen })} />`
          : html`
            <div class="composer-body">
              ${completion.list && html`<${CompletionList} label=${t("completion")} ...${completion.list} />`}
              ${rich
                ? html`<${RichText} key="rich" value=${draft.html} text=${draft.text} label=${label} ...${shared}
                  onValue=${(/** @type {string|null} */ looks, /** @type {string} */ words) => onWritten({ text: words, html: looks })} />`
                : html`<${PlainText} key=${note ? "note" : "plain"} value=${text} rows=${chat ? 1 : 2} aria-label=${label} ...${shared}
                  onValue=${(/** @type {string} */ words) => onWritten(note ? { note: words } : { text: words })} />`}
            </div>
            ${segmented && html`<${TextHint} text=${text} onText=${(/** @type {string} */ plain) => (typed({ text: plain }), focus())} />`}
            <${Holes} text=${text} />
            <${ComposingFiles} attachments=${draft.attachments} uploads=${uploads}
              onRemove=${(/** @type {number} */ id) => change({ attachments: draft.attachments.filter((it) => it.id !== id) })} />
            ${!note && html`<${PartsHint} text=${text} files=${draft.attachments} limits=${limits} />`}
            ${!note && limits?.subject && html`<${SignatureNote} channelId=${destination?.channel_id} />`}`}
        ${folded && !note && html`<${Button} kind="quiet" icon="sticky-note" class="folded-note" tip=${t("mode-note-tip")} keys="N"
          onMouseDown=${(/** @type {Event} */ event) => event.preventDefault()} onClick=${() => (change({ mode: "note" }), setTimeout(focus, 0))} />`}
        <${ComposerFoot} note=${note} chat=${chat} templating=${templating} segmented=${segmented} text=${text} max=${max} tooLong=${tooLong}
          destination=${destination} blocked=${blocked} uploads=${uploads} laterOpen=${laterOpen} send=${send}
          onTemplate=${() => (change({ template: NO_TEMPLATE }), setTimeout(focus, 0))} />
        <${SaveReply} open=${saving} text=${text} onClose=${() => setSaving(false)} />
      </form>
    <//>
  `;
}

/** Why a template cannot go out yet. @param {import("../../../types.js").Destination|null} destination
 * @param {import("../../../types.js").Template|undefined} template @param {import("../../../types.js").ChosenTemplate} wanted */
function templateBlocks(destination, template, wanted) {
  if (!destination?.usable) return t("no-usable-address");
  if (!template) return t("template-missing");
  return isFilled(template, wanted.variables) ? null : t("template-incomplete");
}
