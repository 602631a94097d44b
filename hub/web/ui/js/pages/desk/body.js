import { useState } from "preact/hooks";
import { get } from "../../api.js";
import { Button } from "../../components/button.js";
import { Menu } from "../../components/menu.js";
import { html } from "../../html.js";
import { number } from "../../format.js";
import { t } from "../../words.js";
import { sayProblem } from "./commands.js";
import { Original } from "./original.js";

/** Longer bodies are cut until someone asks for the rest. */
const LONG = 2400;
const LINK = /\b(?:https?:\/\/|www\.)[^\s<>"')\]]+[^\s<>"')\].,;:!?]/gi;

/** What was said: the new text; the quoted rest, the original and the source are one click away.
 * @param {{entry: import("../../types.js").Entry}} props */
export function Body({ entry }) {
  const [whole, setWhole] = useState(/** @type {string|null} */ (null));
  const [busy, setBusy] = useState(false);
  const [unfolded, setUnfolded] = useState(false);
  const [original, setOriginal] = useState(false);
  const text = whole ?? entry.text;
  const cut = !unfolded && text.length > LONG;

  const showWhole = async () => {
    if (whole !== null) return setWhole(null);
    setBusy(true);
    try {
      setWhole((await get(`/api/entries/${entry.id}/text`)).text);
      setUnfolded(true);
    } catch (problem) {
      sayProblem(problem);
    } finally {
      setBusy(false);
    }
  };

  const more = [
    ...(entry.has_html ? [{ label: t(original ? "hide-original" : "show-original"), icon: "code", onSelect: () => setOriginal(!original) }] : []),
    ...(entry.kind === "message" && entry.direction === "in" && entry.channel?.kind === "email" ? [{ label: t("download-source"), icon: "download", href: `/api/entries/${entry.id}/raw` }] : []),
    { label: t("copy-text"), icon: "copy", onSelect: () => void navigator.clipboard?.writeText(text) },
  ];
  return html`
    ${original
      ? html`<${Original} entry=${entry} onHide=${() => setOriginal(false)} />`
      : html`<div class="entry-text" dir="auto">${text ? linked(cut ? text.slice(0, LONG) : text) : html`<span class="faint">${t("no-text")}
        </span>`}${cut ? "…" : ""}</div>`}
    ${!entry.pending && html`<div class="entry-tools">
      ${cut && !original && html`<button type="button" class="entry-tool" onClick=${() => setUnfolded(true)}>
        ${t("show-rest", { count: number(text.length - LONG) })}</button>`}
      ${entry.has_more_text && !original && html`<button type="button" class="entry-tool" aria-expanded=${String(whole !== null)}
        aria-busy=${busy ? "true" : undefined} onClick=${showWhole}>${t(whole === null ? "show-quoted" : "hide-quoted")}</button>`}
      ${entry.has_html && html`<button type="button" class="entry-tool" aria-expanded=${String(original)}
        onClick=${() => setOriginal(!original)}>
        ${t(original ? "hide-original" : "show-original")}${!original && entry.remote_images > 0 ? html` <span
        class="faint">· ${t("images-blocked-short", { n: entry.remote_images })}</span>` : null}</button>`}
      <${Menu} label=${t("more")} items=${more} align="end" trigger=${(/** @type {any} */ attributes) => html`<${Button} ...${attributes}
        kind="quiet" size="small" class="entry-more" icon="ellipsis" tip=${t("more")} />`} />
    </div>`}
  `;
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
