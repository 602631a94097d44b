import { useEffect, useState } from "preact/hooks";
import { html } from "../html.js";

/** Shapes in the place of what is being read; nothing for the first 150 ms, so that fast answers do not flicker.
 * @param {{label: string, kind?: 'rows'|'timeline'|'form'|'lines', count?: number}} props */
export function Skeleton({ label, kind = "lines", count = 3 }) {
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setVisible(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return html`<div class=${`skeleton ${kind} ${visible ? "" : "waiting"}`} role="status" aria-label=${label}>
    ${Array.from({ length: count }, (_, i) => html`<div key=${i} class="skeleton-item"><i></i><i></i><i></i></div>`)}
  </div>`;
}
