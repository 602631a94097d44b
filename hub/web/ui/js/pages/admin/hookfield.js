import { Button } from "../../components/button.js";
import { Field } from "../../components/field.js";
import { say } from "../../components/toast.js";
import { html } from "../../html.js";
import { t } from "../../words.js";

/** The address of a webhook, to be pasted at the provider; it is known once the channel is added.
 * @param {{field: import("../../types.js").SettingField, hooksUrl: string|null}} props */
export function HookField({ field, hooksUrl }) {
  const address = hooksUrl && `${hooksUrl}/${field.name}`;
  const copy = () => void navigator.clipboard?.writeText(address ?? "").then(() => say({ text: t("copied") }, 2000));
  return html`<${Field} class="hook-field" label=${field.label} help=${field.help}
    control=${(/** @type {any} */ given) =>
      html`<div class="copy-line">
        <input class="input grow mono" readonly value=${address ?? ""} placeholder=${t("hook-later")} ...${given}
          onFocus=${(/** @type {any} */ e) => e.target.select()} />
        ${address && html`<${Button} icon="copy" tip=${t("copy-what", { what: field.label })} onClick=${copy} />`}</div>`} />`;
}
