import { signal } from "@preact/signals";
import { Icon } from "../../../components/icon.js";
import { html } from "../../../html.js";

const KEY = "sections";
/** Which parts of the pane are folded or unfolded, on this device. @type {import("@preact/signals").Signal<Record<string, boolean>>} */
const chosen = signal(JSON.parse(localStorage.getItem(KEY) ?? "{}"));

/** @param {string} name @param {boolean} open */
function choose(name, open) {
  chosen.value = { ...chosen.peek(), [name]: open };
  localStorage.setItem(KEY, JSON.stringify(chosen.peek()));
}

/** A part of the customer's pane that folds, and stays so. `count` says how much is in it, `action` stands at its end.
 * @param {{name: string, title: string, count?: number, action?: any, folded?: boolean, children: any}} props folded: at first */
export function Section({ name, title, count, action, folded = false, children }) {
  const open = chosen.value[name] ?? !folded;
  return html`
    <section class="side-section">
      <div class="side-head">
        <h3><button type="button" class="side-toggle" aria-expanded=${String(open)} onClick=${() => choose(name, !open)}>
          <${Icon} name="chevron-right" size=${14} />${title}${count ? html`<span class="side-count number">${count}</span>` : null}</button></h3>
        ${action}
      </div>
      ${open && html`<div class="side-body">${children}</div>`}
    </section>
  `;
}
