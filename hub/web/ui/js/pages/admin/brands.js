import { useEffect, useState } from "preact/hooks";
import { TextField } from "../../components/field.js";
import { Icon } from "../../components/icon.js";
import { list } from "../../format.js";
import { html } from "../../html.js";
import { channelList, channels } from "../../state/channels.js";
import { brands, loadBrands, saveBrand } from "../../state/replies.js";
import { t } from "../../words.js";
import { DefinitionDialog, DefinitionsPage } from "./definitions.js";
import { ReadyRow } from "./ready.js";

/** @typedef {import("../../types.js").Brand} Brand */
/** @typedef {Omit<Brand, "id"> & {id?: number}} Form */

/** @type {Form} */
const FRESH = { name: "", signature_html: "", channel_ids: [] };
/** @param {Form} it */
const wanted = ({ name, signature_html, channel_ids }) => ({ name: name.trim(), signature_html, channel_ids });

/** In whose name the channels speak. */
export function BrandsPage() {
  const [edited, setEdited] = useState(/** @type {Form|null} */ (null));
  return html`
    <${DefinitionsPage} name="brands" icon="store" add="brand-add" load=${loadBrands} count=${brands.value.length} onAdd=${() => setEdited(FRESH)}>
      <ul class="card agent-list">${brands.value.map((it) => html`<${ReadyRow} key=${it.id} noun="brands" id=${it.id} name=${it.name}
        onEdit=${() => setEdited(it)} again=${() => saveBrand(null, wanted(it))}>
        <${Icon} name="store" size=${18} /><span class="grow stack-tight"><span class="strong truncate" dir="auto">${it.name}</span>
          <span class="muted small truncate">${list(it.channel_ids.map((id) => channels.value?.get(id)?.name ?? "").filter(Boolean)) || t("brand-no-channel")}</span></span><//>`)}</ul>
    <//>
    <${BrandDialog} edited=${edited} onClose=${() => setEdited(null)} />
  `;
}

/** @param {{edited: Form|null, onClose: () => void}} props */
function BrandDialog({ edited, onClose }) {
  const [form, setForm] = useState(FRESH);
  const [shown, setShown] = useState(edited);
  if (edited !== shown) {
    setShown(edited);
    if (edited) setForm(edited);
  }
  const set = (/** @type {Partial<Form>} */ changes) => setForm((held) => ({ ...held, ...changes }));
  const toggle = (/** @type {number} */ id) =>
    set({ channel_ids: form.channel_ids.includes(id) ? form.channel_ids.filter((one) => one !== id) : [...form.channel_ids, id] });
  return html`<${DefinitionDialog} open=${edited !== null} title=${t(edited?.id ? "edit-one" : "brand-new")} valid=${Boolean(form.name.trim())} onClose=${onClose}
    save=${() => saveBrand(edited?.id ?? null, wanted(form))}>
    ${(/** @type {(field: string) => string|undefined} */ wrong) => html`
      <${TextField} label=${t("name")} value=${form.name} error=${wrong("name")} onValue=${(/** @type {string} */ name) => set({ name })} autocomplete="off" required autofocus />
      <${TextField} label=${t("brand-signature")} help=${t("brand-signature-help")} multiline rows="6" class="source" spellcheck=${false} value=${form.signature_html}
        error=${wrong("signature_html")} onValue=${(/** @type {string} */ signature_html) => set({ signature_html })} />
      <${Preview} source=${form.signature_html} />
      <fieldset class="form-group"><legend>${t("brand-channels")}</legend><div class="choices">
        ${channelList.value.filter((it) => it.offers?.send !== false).map((it) => html`<label key=${it.id} class="choice"><input type="checkbox" checked=${form.channel_ids.includes(it.id)} onChange=${() => toggle(it.id)} />
          <span class="truncate">${it.name}</span></label>`)}</div></fieldset>`}
  <//>`;
}

/** How it looks, as it is written: cleaned by the same rules as what agents write. @param {{source: string}} props */
function Preview({ source }) {
  const [words, setWords] = useState("");
  useEffect(() => {
    const parsed = new DOMParser().parseFromString(source.replace(/<br\s*\/?>|<\/(p|div|tr|h[1-3])>/gi, "\n$&"), "text/html");
    setWords((parsed.body.textContent ?? "").trim());
  }, [source]);
  if (!words) return null;
  return html`<div class="form-group"><p class="muted small">${t("brand-preview")}</p><p class="signature-text" dir="auto">${words}</p></div>`;
}
