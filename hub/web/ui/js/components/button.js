import { classes, html } from "../html.js";
import { Icon } from "./icon.js";

/**
 * A button, or a link that looks like one when it has an href.
 * @param {{kind?: 'primary'|'secondary'|'quiet'|'danger', size?: 'normal'|'small', icon?: string, iconEnd?: string, busy?: boolean, pressed?: boolean,
 *   tip?: string, keys?: string, children?: any, class?: string, [name: string]: any}} props
 */
export function Button({ kind = "secondary", size = "normal", icon, iconEnd, busy, pressed, tip, keys, elementRef, children, class: extra, ...rest }) {
  const name = classes("button", kind, size === "small" && "small", !children && "icon-only", extra);
  const content = html`
    ${busy ? html`<span class="spinner" aria-hidden="true"></span>` : icon && html`<${Icon} name=${icon} />`}
    ${children && html`<span class="button-text">${children}</span>`}
    ${iconEnd && html`<${Icon} name=${iconEnd} size=${14} />`}
  `;
  const shared = { ref: elementRef, class: name, "data-tip": tip, "data-tip-keys": keys, "aria-label": children ? undefined : tip, ...rest };
  if (rest.href && !rest.disabled) return html`<a ...${shared}>${content}</a>`;
  return html`<button type="button" ...${shared} aria-pressed=${pressed === undefined ? undefined : String(pressed)}
    aria-busy=${busy ? "true" : undefined} disabled=${rest.disabled || busy}>${content}</button>`;
}
