import { html } from "../html.js";

const WIDTH = 6;
const HEIGHT = 24;

/** A few days as bars: what came in from the middle up, what went out from there down.
 * @param {{days: {up: number, down: number}[], label: string}} props */
export function Spark({ days, label }) {
  const most = Math.max(1, ...days.map((it) => Math.max(it.up, it.down)));
  const bar = (/** @type {number} */ n) => (n ? Math.max(1.5, (n / most) * (HEIGHT / 2 - 1)) : 0);
  return html`
    <svg class="spark" role="img" aria-label=${label} width=${days.length * WIDTH} height=${HEIGHT}
      viewBox=${`0 0 ${days.length * WIDTH} ${HEIGHT}`}>
      <line class="spark-line" x1="0" x2=${days.length * WIDTH} y1=${HEIGHT / 2} y2=${HEIGHT / 2} />
      ${days.map((it, at) => html`<g key=${at}>
        <rect class="spark-up" x=${at * WIDTH + 1} width=${WIDTH - 2} y=${HEIGHT / 2 - bar(it.up)} height=${bar(it.up)} />
        <rect class="spark-down" x=${at * WIDTH + 1} width=${WIDTH - 2} y=${HEIGHT / 2} height=${bar(it.down)} /></g>`)}
    </svg>
  `;
}
