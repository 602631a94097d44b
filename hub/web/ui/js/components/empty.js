import { html } from "../html.js";
import { Icon } from "./icon.js";

/** A place with nothing in it: what it is for, and the one next action.
 * @param {{icon: string, title: string, children?: any, action?: any, tone?: 'danger'}} props */
export const Empty = ({ icon, title, children, action, tone }) => html`
  <div class=${`empty ${tone ?? ""}`} role=${tone === "danger" ? "alert" : undefined}>
    <${Icon} name=${icon} size=${28} />
    <p class="empty-title">${title}</p>
    ${children && html`<p class="empty-text">${children}</p>`}
    ${action && html`<div class="empty-action">${action}</div>`}
  </div>
`;
