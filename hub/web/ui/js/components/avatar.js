import { html } from "../html.js";
import { initials } from "../format.js";

/** The same name always has the same tint. @param {string} name */
const tint = (name) => ([...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7) % 6) + 1;

/** Two letters on a tint. @param {{name: string, letters?: string, size?: 'tiny'|'small'|'normal'|'large', tip?: string, writing?: boolean}} props */
export const Avatar = ({ name, letters, size = "normal", tip, writing }) => html`
  <span class=${`avatar ${size} tint-${tint(name || "?")} ${writing ? "writing" : ""}`} data-tip=${tip}
    aria-hidden=${tip ? undefined : "true"} role=${tip ? "img" : undefined} aria-label=${tip}
    data-letters=${letters || initials(name || "?")}></span>
`;
