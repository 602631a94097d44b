import { Button } from "../../../components/button.js";
import { FileDrop, FilePick } from "../../../components/filedrop.js";
import { Icon } from "../../../components/icon.js";
import { size } from "../../../format.js";
import { html } from "../../../html.js";
import { t } from "../../../words.js";
import { fileIcon } from "../attachments.js";

/** The files that go with what is being written, and those on their way.
 * @param {{attachments: import("../../../types.js").Attachment[], uploads: ReturnType<typeof import("./uploads.js").useUploads>, onRemove: (id: number) => void}} props */
export function ComposingFiles({ attachments, uploads, onRemove }) {
  if (!attachments.length && !uploads.items.length) return null;
  return html`<ul class="attachments composing" aria-label=${t("attachments")}>
    ${attachments.map((it) => chip(it.id, it.filename, it.content_type, size(it.size), () => onRemove(it.id)))}
    ${uploads.items.map((it) => chip(it.key, it.name, it.type, it.failed ?? t("uploading"), () => uploads.drop(it.key), it.failed ? "wrong" : "busy"))}
  </ul>`;
}

/** A field for words that takes files too, by drop, by paste and by choice.
 * @param {{files: ReturnType<typeof import("./uploads.js").useFiles>, children: any}} props */
export function WithFiles({ files: { attachments, uploads, remove }, children }) {
  return html`<${FileDrop} class="with-files" label=${t("drop-here")} onFiles=${uploads.add}>
    ${children}
    <${ComposingFiles} attachments=${attachments} uploads=${uploads} onRemove=${remove} />
    <${FilePick} onFiles=${uploads.add} trigger=${(/** @type {() => void} */ open) => html`<${Button} kind="quiet" size="small" icon="paperclip" onClick=${open}>${t("attach")}<//>`} />
  <//>`;
}

/** @param {any} key @param {string} name @param {string} type @param {string} detail @param {() => void} onRemove @param {string} [state] */
function chip(key, name, type, detail, onRemove, state = "") {
  return html`<li key=${key} class=${`attachment ${state}`}><span class="attachment-body">
    <span class="attachment-icon">${state === "busy" ? html`<span class="spinner">
      </span>` : html`<${Icon} name=${state === "wrong" ? "circle-alert" : fileIcon(type)} size=${18} />`}</span>
    <span class="attachment-text"><span class="attachment-name truncate" dir="auto">${name}</span><span class="attachment-size number">${detail}</span>
      </span>
    <${Button} kind="quiet" size="small" icon="x" tip=${t("remove-file", { name })} onClick=${onRemove} />
  </span></li>`;
}
