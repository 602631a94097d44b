import { html } from "../html.js";
import { modName } from "../keys.js";

const NAMES = /** @type {Record<string, string>} */ ({ mod: modName, Enter: "↵", Escape: "Esc", ArrowUp: "↑", ArrowDown: "↓", shift: "⇧", " ": "Space" });

/** The keys of a command, as caps: "mod+Enter". @param {{keys: string}} props */
export const KeyHint = ({ keys }) => html`<span class="keys">${keys.split("+").map((key) => html`<kbd key=${key}>
  ${NAMES[key] ?? key.toUpperCase()}</kbd>`)}</span>`;
