import { useState } from "preact/hooks";
import { TextField } from "../../components/field.js";
import { LabelDot, TINTS } from "../../components/labelpill.js";
import { html } from "../../html.js";
import { changeLabel, createLabel, labels, loadLabels } from "../../state/labels.js";
import { t } from "../../words.js";
import { DefinitionDialog, DefinitionRow, DefinitionsPage } from "./definitions.js";

/** @typedef {import("../../types.js").Label} Label */

/** What conversations can be about. */
export function LabelsPage() {
  const [edited, setEdited] = useState(/** @type {{id?: number, name: string, tint: number}|null} */ (null));
  const all = [...labels.value.values()].sort((a, b) => Number(a.archived) - Number(b.archived) || a.name.localeCompare(b.name));
  const fresh = () => setEdited({ name: "", tint: (all.length % TINTS.length) + 1 });
  return html`
    <${DefinitionsPage} name="labels" icon="tag" add="label-new" load=${loadLabels} count=${all.length} onAdd=${fresh}>
      <ul class="card agent-list">${all.map((it) => html`<${DefinitionRow} key=${it.id} name=${it.name} archived=${it.archived} words="label"
        onEdit=${() => setEdited(it)} archive=${(/** @type {boolean} */ archived) => changeLabel(it.id, { archived })}>
        <${LabelDot} tint=${it.tint} /><span class="grow strong truncate" dir="auto">${it.name}</span><//>`)}</ul>
    <//>
    <${LabelDialog} edited=${edited} onClose=${() => setEdited(null)} />
  `;
}

/** @param {{edited: {id?: number, name: string, tint: number}|null, onClose: () => void}} props */
function LabelDialog({ edited, onClose }) {
  const [form, setForm] = useState({ name: "", tint: 1 });
  const [shown, setShown] = useState(edited);
  if (edited !== shown) {
    setShown(edited);
    if (edited) setForm({ name: edited.name, tint: edited.tint });
  }
  const save = () => {
    const wanted = { ...form, name: form.name.trim() };
    return edited?.id ? changeLabel(edited.id, wanted) : createLabel(wanted);
  };
  return html`<${DefinitionDialog} open=${edited !== null} title=${t(edited?.id ? "label-edit" : "label-new")} valid=${Boolean(form.name.trim())} save=${save} onClose=${onClose}>
    ${(/** @type {(field: string) => string|undefined} */ wrong) => html`
      <${TextField} label=${t("name")} value=${form.name} error=${wrong("name")} onValue=${(/** @type {string} */ name) => setForm((held) => ({ ...held, name }))}
        autocomplete="off" required autofocus />
      <fieldset class="form-group"><legend>${t("label-colour")}</legend><div class="swatch-choices">
        ${TINTS.map((tint) => html`<label key=${tint} class="swatch-choice" data-tip=${t(`tint-${tint}`)}><input type="radio" name="tint" class="visually-hidden" value=${tint}
          checked=${form.tint === tint} aria-label=${t(`tint-${tint}`)} onChange=${() => setForm((held) => ({ ...held, tint }))} /><${LabelDot} tint=${tint} /></label>`)}</div></fieldset>`}
  <//>`;
}
