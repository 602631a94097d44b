import { html } from "../html.js";
import { Field } from "./field.js";
import { Icon } from "./icon.js";

/** One of a few, by the native control. @param {Record<string, any>} props */
export function Select({ label, help, error, optional, value, options, onValue, ...rest }) {
  return html`<${Field} label=${label} help=${help} error=${error} optional=${optional}
    control=${(/** @type {any} */ given) => html`
      <span class="select">
        <select class="input" value=${value}
          onChange=${(/** @type {any} */ event) => onValue(options[event.target.selectedIndex].value)} ...${rest} ...${given}>
          ${options.map((/** @type {any} */ it) => html`<option key=${it.value} value=${it.value} selected=${it.value === value}>${it.label}
            </option>`)}
        </select>
        <${Icon} name="chevron-down" size=${14} />
      </span>`} />`;
}
