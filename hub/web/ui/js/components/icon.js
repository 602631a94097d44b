import { html } from "../html.js";

/** One drawing of the sprite. Decorative unless it is given a label.
 * @param {{name: string, size?: number, label?: string, class?: string}} props */
export const Icon = ({ name, size = 16, label, class: extra }) => html`
  <svg class=${`icon ${extra ?? ""}`} width=${size} height=${size} role=${label ? "img" : undefined} aria-label=${label}
    aria-hidden=${label ? undefined : "true"}>
    <use href=${`/ui/static/vendor/icons.svg#${name}`} />
  </svg>
`;
