import { html } from "../html.js";

/** A label: its colour as a dot, its name beside it. @param {{name: string, tint: number, tip?: string}} props */
export const LabelPill = ({ name, tint, tip }) => html`<span class=${`label-pill label-${tint}`} data-tip=${tip}>
  <i class="label-dot"></i><span class="truncate" dir="auto">${name}</span></span>`;

/** @param {{tint: number}} props */
export const LabelDot = ({ tint }) => html`<i class=${`label-dot label-${tint}`}></i>`;

export const TINTS = [1, 2, 3, 4, 5, 6, 7, 8];
