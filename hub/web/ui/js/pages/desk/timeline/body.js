import { useState } from "preact/hooks";
import { get } from "../../../api.js";
import { number } from "../../../format.js";
import { html } from "../../../html.js";
import { agents } from "../../../state/session.js";
import { t } from "../../../words.js";
import { sayProblem } from "../commands.js";
import { kept } from "./kept.js";
import { Original } from "./original.js";

/** Longer bodies are cut until someone asks for the rest. */
const LONG = 2400;
const LINK = /\b(?:https?:\/\/|www\.)[^\s<>"')\]]+[^\s<>"')\].,;:!?]/gi;

/** What was said: the new text; the quoted rest, the original and the source are one click away.
 * @param {{entry: import("../../../types.js").Entry}} props */
export function Body({ entry }) {
  const [busy, setBusy] = useState(false);
  const whole = kept(entry.id, "whole", /** @type {string|null} */ (null));
  const unfolded = kept(entry.id, "unfolded", false);
  const original = kept(entry.id, "original", false);
  const text = whole.value ?? entry.text;
  const cut = !unfolded.value && text.length > LONG;

  const showWhole = async () => {
    if (whole.value !== null) return void (whole.value = null);
    setBusy(true);
    try {
      whole.value = (await get(`/api/entries/${entry.id}/text`)).text;
      unfolded.value = true;
    } catch (problem) {
      sayProblem(problem);
    } finally {
      setBusy(false);
    }
  };
  const toggleOriginal = () => (original.value = !original.value);
  const shown = original.value;
  const tools = !entry.pending && ((cut && !shown) || (entry.has_more_text && !shown) || entry.has_html);
  return html`
    ${shown
      ? html`<${Original} entry=${entry} onHide=${toggleOriginal} />`
      : !text && entry.attachments.length
      ? null
      : html`<div class="entry-text" dir="auto">${text ? marked(cut ? text.slice(0, LONG) : text, entry) : html`<span class="faint">${t("no-text")}
        </span>`}${cut ? "…" : ""}</div>`}
    ${tools && html`<div class="entry-tools">
      ${cut && !shown && html`<button type="button" class="entry-tool" onClick=${() => (unfolded.value = true)}>
        ${t("show-rest", { count: number(text.length - LONG) })}</button>`}
      ${entry.has_more_text && !shown && html`<button type="button" class="entry-tool" aria-expanded=${String(whole.value !== null)}
        aria-busy=${busy ? "true" : undefined} onClick=${showWhole}>${t(whole.value === null ? "show-quoted" : "hide-quoted")}</button>`}
      ${entry.has_html && html`<button type="button" class="entry-tool" aria-expanded=${String(shown)} onClick=${toggleOriginal}>
        ${t(shown ? "hide-original" : "show-original")}${!shown && entry.remote_images > 0 ? html` <span
        class="faint">· ${t("images-blocked-short", { n: entry.remote_images })}</span>` : null}</button>`}
    </div>`}
  `;
}

/** A note's text with the colleagues whom it names. @param {string} text @param {import("../../../types.js").Entry} entry */
function marked(text, entry) {
  const names = /** @type {number[]} */ (entry.data?.mentions ?? []).map((id) => agents.value.get(id)?.name).filter((name) => name !== undefined);
  if (!names.length) return linked(text);
  const named = new RegExp(`(@(?:${names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")}))`);
  return text.split(named).map((part, at) => (at % 2 ? html`<strong class="mentioned">${part}</strong>` : linked(part)));
}

/** Text with its addresses of pages as links. @param {string} text */
export function linked(text) {
  /** @type {any[]} */
  const parts = [];
  let last = 0;
  for (const match of text.matchAll(LINK)) {
    parts.push(text.slice(last, match.index));
    const href = match[0].startsWith("www.") ? `https://${match[0]}` : match[0];
    parts.push(html`<a class="link" href=${href} target="_blank" rel="noopener noreferrer">${match[0]}</a>`);
    last = match.index + match[0].length;
  }
  parts.push(text.slice(last));
  return parts;
}
