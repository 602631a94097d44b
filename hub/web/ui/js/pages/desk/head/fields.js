import { useRef, useState } from "preact/hooks";
import { Button } from "../../../components/button.js";
import { Popover } from "../../../components/popover.js";
import { TypedInput } from "../../../components/typedinput.js";
import { html } from "../../../html.js";
import { changeConversation } from "../../../state/conversations.js";
import { fieldsOf } from "../../../state/fields.js";
import { t } from "../../../words.js";

/** The conversation's own fields, as administrators have made them. @param {{it: import("../../../types.js").Conversation}} props */
export function FieldsButton({ it }) {
  const [open, setOpen] = useState(false);
  const [wrong, setWrong] = useState(/** @type {Record<string, string>} */ ({}));
  const anchor = useRef(/** @type {HTMLElement|null} */ (null));
  const fields = fieldsOf("conversation");
  if (!fields.length) return null;
  const filled = fields.filter((field) => it.fields[field.key] !== undefined).length;
  const set = (/** @type {string} */ key) => async (/** @type {any} */ value) => {
    const says = (/** @type {string} */ message) => setWrong((held) => ({ ...held, [key]: message }));
    says("");
    await changeConversation(it.id, { fields: { [key]: value } }).catch((problem) => says(problem.errors?.[0]?.message || problem.message || t("change-failed")));
  };
  const words = { none: t("field-none"), yes: t("yes"), no: t("no") };
  return html`
    <button ref=${anchor} type="button" class="property" aria-haspopup="dialog" aria-expanded=${String(open)} onClick=${() => setOpen(!open)}>
      <span class=${filled ? "" : "property-plain"}>${filled ? t("fields-filled", { n: filled }) : t("fields-button")}</span></button>
    <${Popover} open=${open} anchor=${anchor} label=${t("fields-button")} class="fields-panel" onClose=${() => setOpen(false)}>
      <div class="fields-head"><h2>${t("fields-button")}</h2><${Button} kind="quiet" size="small" icon="x" tip=${t("close")} onClick=${() => setOpen(false)} /></div>
      <div class="form">
        ${fields.map((field) => html`<${TypedInput} key=${field.key} label=${field.label} type=${field.type} choices=${field.choices} words=${words}
          value=${it.fields[field.key] ?? null} error=${wrong[field.key]} onValue=${set(field.key)} />`)}
      </div>
    <//>
  `;
}
