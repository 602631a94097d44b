import { signal } from "@preact/signals";
import { html } from "../html.js";
import { Button } from "./button.js";
import { Icon } from "./icon.js";

/** @typedef {{id: number, text: string, tone?: 'danger'|'success', action?: {label: string, run: () => void}}} Toast */

/** @type {import("@preact/signals").Signal<Toast[]>} */
export const toasts = signal([]);
let last = 0;

/** Long enough to read and to reach the undo. */
const STAY = 7000;

/** Say something in passing, with a way back. @param {Omit<Toast, 'id'>} toast @param {number} [stay] ms */
export function say(toast, stay = STAY) {
  const id = (last += 1);
  toasts.value = [...toasts.peek().slice(-2), { ...toast, id }];
  if (stay !== Infinity) setTimeout(() => drop(id), stay);
}

/** @param {number} id */
export const drop = (id) => (toasts.value = toasts.peek().filter((it) => it.id !== id));

/** @param {{dismiss: string}} props */
export const Toasts = ({ dismiss }) => html`
  <div class="toasts" role="status" aria-live="polite">
    ${toasts.value.map(
      (it) => html`<div key=${it.id} class=${`toast ${it.tone ?? ""}`}>
        ${it.tone && html`<${Icon} name=${it.tone === "danger" ? "circle-alert" : "circle-check"} />`}
        <p>${it.text}</p>
        ${it.action && html`<button type="button" class="toast-action" onClick=${() => (drop(it.id), it.action?.run())}>${it.action.label}
          </button>`}
        <${Button} kind="quiet" size="small" icon="x" tip=${dismiss} onClick=${() => drop(it.id)} />
      </div>`,
    )}
  </div>
`;
