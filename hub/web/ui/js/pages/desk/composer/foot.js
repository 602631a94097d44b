import { Button } from "../../../components/button.js";
import { FilePick } from "../../../components/filedrop.js";
import { KeyHint } from "../../../components/keyhint.js";
import { html } from "../../../html.js";
import { t } from "../../../words.js";
import { SendLater } from "./schedule.js";
import { TextMeter } from "./textmeter.js";
import { WindowLeft } from "./window.js";

/** What can be added, how much room there is, and the ways to send.
 * @param {{note: boolean, chat: boolean, templating: boolean, segmented: boolean, text: string, max: number|null, tooLong: boolean,
 *   destination: import("../../../types.js").Destination|null, blocked: string|null, uploads: ReturnType<typeof import("./uploads.js").useUploads>,
 *   laterOpen: {value: boolean}, send: (wish?: import("./send.js").Wish) => Promise<void>, onTemplate: () => void}} props */
export function ComposerFoot({ note, chat, templating, segmented, text, max, tooLong, destination, blocked, uploads, laterOpen, send, onTemplate }) {
  const limits = destination?.limits;
  return html`
    <div class="composer-foot">
      ${!templating && html`<${FilePick} onFiles=${uploads.add} trigger=${(/** @type {() => void} */ open) => html`<${Button} kind="quiet" icon="paperclip"
        tip=${t("attach")} onClick=${open} disabled=${!note && limits && !limits.attachments} />`} />`}
      ${!note && !templating && destination?.text?.templates && html`<${Button} kind="quiet" icon="layout-template"
        tip=${t("template-use")} onClick=${onTemplate} />`}
      ${segmented && html`<${TextMeter} text=${text} />`}
      ${max !== null && !note && !templating && text.length > (segmented ? max : 0.8 * max) && html`<span class=${`counter number ${tooLong ? "danger" : ""}`}>
        ${text.length} / ${max}</span>`}
      ${!note && destination && html`<${WindowLeft} destination=${destination} />`}
      <span class="composer-keys faint"><${KeyHint} keys=${chat ? "Enter" : "mod+Enter"} /> ${t(note ? "to-save" : "to-send")}</span>
      ${!note && html`<${Button} kind="quiet" type="button" class="send-resolve" onClick=${() => send({ resolve: true })}
        disabled=${Boolean(blocked)}>${t("send-resolve")}<//>`}
      <span class="send-buttons">
        <${Button} kind="primary" type="submit" icon=${note ? "sticky-note" : "send"} disabled=${Boolean(blocked)}>
          ${t(note ? "save-note" : "send")}<//>
        ${!note && !chat && html`<${SendLater} disabled=${Boolean(blocked)} openSignal=${laterOpen} onTime=${(/** @type {string} */ at) => void send({ at })}
          onResolve=${() => void send({ resolve: true })} />`}
      </span>
    </div>
  `;
}
