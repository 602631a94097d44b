import { Button } from "../../../components/button.js";
import { Menu } from "../../../components/menu.js";
import { say } from "../../../components/toast.js";
import { html } from "../../../html.js";
import { changeDraft, draftOf } from "../../../state/drafts.js";
import { leaderOf } from "../../../state/related.js";
import { t } from "../../../words.js";
import { openConversation } from "../choice.js";
import { wishComposer } from "../commands.js";
import { canSplit, splitFrom } from "../dialogs/grouping.js";
import { taskFrom } from "../dialogs/task.js";
import { kept } from "./kept.js";

/** @typedef {import("../../../types.js").Entry} Entry */

/** Every line as mail quotes it. @param {string} text */
const quoted = (text) => text.trim().split("\n").map((line) => `> ${line}`).join("\n");

/** Turn the composer to the conversation of an entry. @param {Entry} entry @param {'reply'|'note'} mode @param {string} [words] put below what is written */
function answer(entry, mode, words = "") {
  const id = leaderOf(entry.conversation_id);
  const draft = draftOf(id);
  const before = mode === "note" ? draft.note : draft.text;
  const text = [before.trimEnd(), words].filter(Boolean).join("\n\n");
  if (words) changeDraft(id, mode === "note" ? { note: text } : { text });
  changeDraft(id, { mode });
  openConversation(id);
  wishComposer(mode);
}

/** The address of an entry on its timeline. @param {Entry} entry */
export const linkTo = (entry) => `${location.origin}/conversations/${entry.conversation_id}?entry=${entry.id}`;

/** @param {string} text @param {string} done */
async function copy(text, done) {
  await navigator.clipboard?.writeText(text);
  say({ text: done });
}

/** What can be done with one entry. @param {{entry: Entry}} props */
export function EntryActions({ entry }) {
  const original = kept(entry.id, "original", false);
  const message = entry.kind === "message";
  const mail = message && entry.direction === "in" && entry.channel?.kind === "email";
  const items = [
    { label: t("entry-reply"), icon: "reply", onSelect: () => answer(entry, "reply") },
    ...(entry.text ? [{ label: t("entry-quote"), icon: "message-square-reply", onSelect: () => answer(entry, "reply", `${quoted(entry.text)}\n`) }] : []),
    { label: t("entry-note"), icon: "sticky-note", onSelect: () => answer(entry, "note", `${linkTo(entry)}\n`) },
    { label: t("entry-task"), icon: "square-check", onSelect: () => taskFrom(entry) },
    ...(canSplit(entry) ? [{ label: t("split-here"), icon: "split", onSelect: () => void splitFrom(entry) }] : []),
    { divider: true, label: "" },
    { label: t("copy-link"), icon: "link", onSelect: () => void copy(linkTo(entry), t("link-copied")) },
    ...(entry.text ? [{ label: t("copy-text"), icon: "copy", onSelect: () => void copy(entry.text, t("text-copied")) }] : []),
    ...(entry.has_html ? [{ label: t(original.value ? "hide-original" : "show-original"), icon: "code", onSelect: () => void (original.value = !original.value) }] : []),
    ...(mail ? [{ label: t("download-source"), icon: "download", href: `/api/entries/${entry.id}/raw` }] : []),
  ];
  return html`
    <div class="entry-actions">
      <${Button} kind="quiet" size="small" icon="reply" tip=${t("entry-reply")} onClick=${() => answer(entry, "reply")} />
      <${Menu} label=${t("more")} items=${items} align="end" trigger=${(/** @type {any} */ attributes) => html`<${Button} ...${attributes}
        kind="quiet" size="small" class="entry-more" icon="ellipsis" tip=${t("more")} />`} />
    </div>
  `;
}
