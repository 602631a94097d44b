import { useState } from "preact/hooks";
import { post } from "../../api.js";
import { Icon } from "../../components/icon.js";
import { number, size } from "../../format.js";
import { html } from "../../html.js";
import { t } from "../../words.js";
import { sayProblem } from "./commands.js";

/** @typedef {import("../../types.js").Attachment} Attachment */
/** @typedef {import("../../types.js").PendingFile} PendingFile */

/** The drawing for a type of file. @param {string} type */
export function fileIcon(type) {
  if (type.startsWith("image/")) return "file-image";
  if (/zip|compressed|tar|rar/.test(type)) return "file-archive";
  if (/sheet|excel|csv/.test(type)) return "file-spreadsheet";
  return /pdf|text|word|document/.test(type) ? "file-text" : "file";
}

/** So many files stand there at first; the rest is one click away. */
const FIRST = 12;

/** Every part of a message with its name and size; parts that belong inside the text are one click away. `pending`: those
 * that still lie with the provider.
 * @param {{items: Attachment[], pending?: PendingFile[]}} props */
export function Attachments({ items, pending = [] }) {
  const [all, setAll] = useState(false);
  const [many, setMany] = useState(false);
  if (!items.length && !pending.length) return null;
  const wanted = all ? items : items.filter((it) => !it.inline);
  const folds = !many && wanted.length > FIRST + 1;
  const shown = folds ? wanted.slice(0, FIRST) : wanted;
  const hidden = items.length - items.filter((it) => !it.inline).length;
  return html`
    <ul class="attachments" aria-label=${t("attachments")}>
      ${shown.map((it) => html`<${Chip} key=${it.id} it=${it} />`)}
      ${folds && html`<li class="attachments-rest"><button type="button" class="entry-tool" onClick=${() => setMany(true)}>${t("files-all", { count: number(wanted.length) })}</button></li>`}
      ${pending.map((it) => html`<${Pending} key=${`pending-${it.id}-${it.state}`} it=${it} />`)}
      ${hidden > 0 && html`<li><button type="button" class="entry-tool" aria-expanded=${String(all)} onClick=${() => setAll(!all)}>
        ${t(all ? "inline-hide" : "inline-show", { n: hidden })}</button></li>`}
    </ul>
  `;
}

/** @param {{it: Attachment}} props */
function Chip({ it }) {
  const picture = /^image\/(png|jpe?g|gif|webp)$/.test(it.content_type);
  return html`
    <li class=${`attachment ${picture ? "picture" : ""}`}>
      <a href=${it.url} target=${picture ? "_blank" : undefined} rel="noopener" download=${picture ? undefined : it.filename}
        data-tip=${it.note ?? undefined}>
        ${picture ? html`<img src=${it.url} alt="" loading="lazy" />` : html`<span class="attachment-icon">
          <${Icon} name=${fileIcon(it.content_type)} size=${18} /></span>`}
        <span class="attachment-text"><span class="attachment-name truncate" dir="auto">${it.filename}</span><span class="attachment-size number">
          ${size(it.size)}${it.note ? html` · <span>${it.note}</span>` : null}</span></span>
      </a>
    </li>
  `;
}

/** A file on its way from the provider, or one that could not be had: why, and again. @param {{it: PendingFile}} props */
function Pending({ it }) {
  const [asked, setAsked] = useState(false);
  const gone = it.state === "gone" && !asked;
  const name = it.filename || t(it.content_type.startsWith("image/") ? "file-picture" : it.content_type.startsWith("audio/") ? "file-audio" : "file-unnamed");
  const again = async () => {
    setAsked(true);
    try {
      await post(`/api/remote-files/${it.id}/retry`);
    } catch (problem) {
      setAsked(false);
      sayProblem(problem);
    }
  };
  return html`<li class=${`attachment ${gone ? "wrong" : "busy"}`}><span class="attachment-body">
    <span class="attachment-icon">${gone ? html`<${Icon} name="circle-alert" size=${18} />` : html`<span class="spinner"></span>`}</span>
    <span class="attachment-text"><span class="attachment-name truncate" dir="auto">${name}</span>
      <span class="attachment-size">${gone ? it.reason || t("file-gone") : t("file-coming")}</span></span>
    ${gone && html`<button type="button" class="entry-tool" onClick=${again}>${t("try-again")}</button>`}
  </span></li>`;
}
