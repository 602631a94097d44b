import { useId } from "preact/hooks";
import { classes, html } from "../html.js";
import { Icon } from "./icon.js";

/**
 * A label, a control, help and an error, tied together for everyone who cannot see them side by side.
 * `control` receives the attributes that the control must carry.
 * @param {{label: string, help?: any, error?: string|null, optional?: string, class?: string,
 *   control: (attributes: Record<string, any>) => any}} props
 */
export function Field({ label, help, error, optional, control, class: extra }) {
  const id = useId();
  const described = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  return html`
    <div class=${classes("field", error && "wrong", extra)}>
      <label for=${id}><bdi>${label}</bdi>${optional && html`<span class="field-optional">${optional}</span>`}</label>
      ${control({ id, "aria-describedby": described, "aria-invalid": error ? "true" : undefined })}
      ${error && html`<p class="field-error" id=${`${id}-error`}><${Icon} name="circle-alert" size=${14} />${error}</p>`}
      ${help && html`<p class="field-help" id=${`${id}-help`}><bdi>${help}</bdi></p>`}
    </div>
  `;
}

/** A text field in one piece; what one line holds goes in its own direction, at the side of the other words. @param {Record<string, any>} props */
export function TextField({ label, help, error, optional, value, onValue, multiline, class: extra, ...rest }) {
  const onInput = (/** @type {any} */ event) => onValue?.(event.target.value);
  return html`<${Field} label=${label} help=${help} error=${error} optional=${optional} class=${extra}
    control=${(/** @type {any} */ given) =>
      multiline
        ? html`<textarea class="input" rows="4" value=${value} onInput=${onInput} ...${rest} ...${given}></textarea>`
        : html`<input class="input" type="text" dir="auto" value=${value} onInput=${onInput} ...${rest} ...${given} />`} />`;
}

/** A choice between two: on or off. @param {Record<string, any>} props */
export function Switch({ label, help, error, checked, onValue, ...rest }) {
  const id = useId();
  return html`
    <div class="field field-switch">
      <input type="checkbox" role="switch" class="switch" id=${id} checked=${checked} aria-describedby=${help ? `${id}-help` : undefined}
        onChange=${(/** @type {any} */ event) => onValue(event.target.checked)} ...${rest} />
      <div>
        <label for=${id}><bdi>${label}</bdi></label>
        ${error && html`<p class="field-error"><${Icon} name="circle-alert" size=${14} />${error}</p>`}
        ${help && html`<p class="field-help" id=${`${id}-help`}><bdi>${help}</bdi></p>`}
      </div>
    </div>
  `;
}
