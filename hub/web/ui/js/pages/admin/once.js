import { Button } from "../../components/button.js";
import { Dialog } from "../../components/dialog.js";
import { say } from "../../components/toast.js";
import { html } from "../../html.js";
import { t } from "../../words.js";

/** A secret that is shown this once, to be copied. @param {{value: string|null, title: string, text: string, onClose: () => void}} props */
export function Once({ value, title, text, onClose }) {
  const copy = () => void navigator.clipboard?.writeText(value ?? "").then(() => say({ text: t("copied") }, 2000));
  return html`
    <${Dialog} open=${value !== null} title=${title} closeLabel=${t("close")} onClose=${onClose}
      footer=${html`<${Button} kind="primary" onClick=${onClose}>${t("done")}<//>`}>
      <p class="muted">${text}</p>
      <div class="copy-line"><input class="input grow mono" readonly value=${value ?? ""} aria-label=${title}
        onFocus=${(/** @type {any} */ e) => e.target.select()} /><${Button} icon="copy" onClick=${copy}>${t("copy")}<//></div>
    <//>
  `;
}
