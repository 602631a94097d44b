import { useState } from "preact/hooks";
import { Badge } from "../../components/badge.js";
import { TextField } from "../../components/field.js";
import { Icon } from "../../components/icon.js";
import { Select } from "../../components/select.js";
import { html } from "../../html.js";
import { changeField, createField, fields, loadFields } from "../../state/fields.js";
import { t } from "../../words.js";
import { DefinitionDialog, DefinitionRow, DefinitionsPage } from "./definitions.js";

/** @typedef {import("../../types.js").CustomField} CustomField */

const NOUNS = /** @type {const} */ (["conversation", "customer"]);
const TYPES = /** @type {const} */ (["text", "number", "boolean", "date", "choice", "url"]);
const ICONS = { text: "text-cursor-input", number: "hash", boolean: "toggle-right", date: "calendar", choice: "list", url: "link" };
const NEW = { label: "", key: "", noun: /** @type {CustomField['noun']} */ ("conversation"), type: /** @type {CustomField['type']} */ ("text"), choices: "" };

/** What is noted of customers and conversations beyond what every hub has. */
export function FieldsPage() {
  const [edited, setEdited] = useState(/** @type {CustomField|typeof NEW|null} */ (null));
  const all = [...fields.value].sort((a, b) => Number(a.archived) - Number(b.archived) || a.label.localeCompare(b.label));
  return html`
    <${DefinitionsPage} name="fields" icon="text-cursor-input" add="field-new" load=${loadFields} count=${all.length} onAdd=${() => setEdited(NEW)}>
      ${NOUNS.filter((noun) => all.some((it) => it.noun === noun)).map((noun) => html`<section key=${noun} class="section"><h2>${t(`fields-of-${noun}`)}</h2>
        <ul class="card agent-list">${all.filter((it) => it.noun === noun).map((it) => html`<${DefinitionRow} key=${it.id} name=${it.label} archived=${it.archived} words="field"
          onEdit=${() => setEdited(it)} archive=${(/** @type {boolean} */ archived) => changeField(it.id, { archived })}>
          <${Icon} name=${ICONS[it.type]} size=${18} /><span class="grow stack-tight"><span class="row"><span class="strong truncate" dir="auto">${it.label}</span>
            <${Badge}>${t(`field-type-${it.type}`)}<//></span>
            <span class="muted small truncate">${it.type === "choice" ? it.choices.join(" · ") : it.key}</span></span><//>`)}</ul></section>`)}
    <//>
    <${FieldDialog} edited=${edited} onClose=${() => setEdited(null)} />
  `;
}

/** What programs call a field of this name, unless it is changed. @param {string} label */
const keyOf = (label) =>
  label.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|_+$/g, "").slice(0, 40);

/** @param {{edited: CustomField|typeof NEW|null, onClose: () => void}} props */
function FieldDialog({ edited, onClose }) {
  const [form, setForm] = useState(NEW);
  const [shown, setShown] = useState(edited);
  if (edited !== shown) {
    setShown(edited);
    if (edited) setForm({ ...NEW, ...edited, choices: "id" in edited ? edited.choices.join("\n") : "" });
  }
  const made = edited !== null && "id" in edited;
  const key = form.key || keyOf(form.label);
  const choices = form.type === "choice" ? [...new Set(form.choices.split("\n").map((it) => it.trim()).filter(Boolean))] : [];
  const set = (/** @type {string} */ name) => (/** @type {any} */ value) => setForm((held) => ({ ...held, [name]: value }));
  const save = () => {
    const label = form.label.trim();
    if (made) return changeField(/** @type {CustomField} */ (edited).id, form.type === "choice" ? { label, choices } : { label });
    return createField({ label, key, noun: form.noun, type: form.type, choices });
  };
  return html`<${DefinitionDialog} open=${edited !== null} title=${t(made ? "field-edit" : "field-new")} save=${save} onClose=${onClose}
    valid=${Boolean(form.label.trim() && key && (form.type !== "choice" || choices.length))}>
    ${(/** @type {(field: string) => string|undefined} */ wrong) => html`
      <${TextField} label=${t("field-label")} value=${form.label} error=${wrong("label")} onValue=${set("label")} autocomplete="off" required autofocus />
      ${!made && html`
        <div class="form-pair">
          <${Select} label=${t("field-noun")} value=${form.noun} onValue=${set("noun")} options=${NOUNS.map((value) => ({ value, label: t(`field-noun-${value}`) }))} />
          <${Select} label=${t("field-type")} value=${form.type} onValue=${set("type")} options=${TYPES.map((value) => ({ value, label: t(`field-type-${value}`) }))} />
        </div>
        <${TextField} label=${t("field-key")} help=${t("field-key-help")} error=${wrong("key")} value=${key} onValue=${set("key")} autocomplete="off" spellcheck=${false} />`}
      ${form.type === "choice" && html`<${TextField} label=${t("field-choices")} help=${t("field-choices-help")} multiline rows=${5} value=${form.choices}
        error=${wrong("choices")} onValue=${set("choices")} />`}`}
  <//>`;
}
