import { html } from "../html.js";
import { Icon } from "./icon.js";

/** A place with nothing in it: what it is for, and the one next action. `page` when it is all that the page has.
 * @param {{icon: string, page?: boolean, title: string, children?: any, action?: any, tone?: 'danger'}} props */
export const Empty = ({ icon, page, title, children, action, tone }) => html`
  <div class=${`empty ${tone ?? ""}`} role=${tone === "danger" ? "alert" : undefined}>
    <${Icon} name=${icon} size=${28} />
    ${page ? html`<h1 class="empty-title">${title}</h1>` : html`<p class="empty-title">${title}</p>`}
    ${children && html`<p class="empty-text">${children}</p>`}
    ${action && html`<div class="empty-action">${action}</div>`}
  </div>
`;
