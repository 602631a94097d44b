import { html } from "../html.js";
import { Icon } from "./icon.js";

const ICONS = { info: "info", success: "circle-check", warning: "triangle-alert", danger: "circle-alert", offline: "wifi-off" };

/** Something that stays true until someone acts: what it is, and the next step.
 * @param {{tone?: keyof typeof ICONS, title?: any, children?: any, actions?: any, live?: boolean, icon?: string}} props */
export const Banner = ({ tone = "info", title, children, actions, live, icon }) => html`
  <div class=${`banner ${tone}`} role=${live ? "alert" : undefined}>
    <${Icon} name=${icon ?? ICONS[tone]} />
    <div class="banner-text">${title && html`<strong>${title}</strong>`}${children && html`<div>${children}</div>`}</div>
    ${actions && html`<div class="banner-actions">${actions}</div>`}
  </div>
`;
