import { useState } from "preact/hooks";
import { Icon } from "../../../components/icon.js";
import { html } from "../../../html.js";
import { conversation } from "../../../state/conversations.js";
import { t } from "../../../words.js";
import { Destination } from "./destination.js";

/** Answer or note, to whom, with which subject.
 * @param {{conversationId: number, draft: import("../../../state/drafts.js").Draft, change: (changes: Partial<import("../../../state/drafts.js").Draft>) => void,
 *   focus: () => void, destinations: import("../../../types.js").Destination[]|null, destination: import("../../../types.js").Destination|null, failed: boolean,
 *   reload: () => void}} props */
export function ComposerHead({ conversationId, draft, change, focus, destinations, destination, failed, reload }) {
  const [copyShown, setCopyShown] = useState(Boolean(draft.cc));
  const note = draft.mode === "note";
  const limits = destination?.limits;
  return html`
    <div class="composer-head">
      <div class="segments" role="radiogroup" aria-label=${t("composer-mode")}>
        ${/** @type {const} */ (["reply", "note"]).map(
          (mode) => html`<button key=${mode} type="button" role="radio" aria-checked=${String(draft.mode === mode)} class="segment"
            data-tip=${t(`mode-${mode}-tip`)} data-tip-keys=${mode === "reply" ? "R" : "N"}
            onClick=${() => (change({ mode }), setTimeout(focus, 0))}>
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
    ${!note && (copyShown || draft.cc) && limits?.cc && html`<label class="composer-line"><span>${t("copy-to")}</span>
      <input type="text" value=${draft.cc} autocomplete="off" onInput=${(/** @type {any} */ e) => change({ cc: e.target.value })}
      placeholder=${t("copy-placeholder")} /></label>`}
    ${!note && limits?.subject && draft.subject !== null && html`<label class="composer-line"><span>${t("subject")}</span>
      <input type="text" value=${draft.subject} onInput=${(/** @type {any} */ e) => change({ subject: e.target.value })} /></label>`}
  `;
}
