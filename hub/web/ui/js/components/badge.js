import { html } from "../html.js";
import { Icon } from "./icon.js";

/** A short fact in a coloured word, always with its text. @param {{tone?: 'neutral'|'accent'|'success'|'warning'|'danger', icon?: string, tip?: string, children: any}} props */
export const Badge = ({ tone = "neutral", icon, tip, children }) => html`
  <span class=${`badge ${tone}`} data-tip=${tip}>${icon && html`<${Icon} name=${icon} size=${12} />`}${children}</span>
`;
