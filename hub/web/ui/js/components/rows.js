import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { html } from "../html.js";

/** Rows drawn beyond the edge of what is visible. */
const SPARE = 8;

/**
 * A list of rows of one height that only draws what is visible: 10,000 rows cost as much as 20. One tab stop; the
 * page moves the choice, and the chosen row is kept in view.
 * @param {{ids: number[], rowHeight: number, label: string, current: number|null, render: (id: number, index: number) => any,
 *   onEnd?: () => void, footer?: any, class?: string}} props
 */
export function Rows({ ids, rowHeight, label, current, render, onEnd, footer, class: extra }) {
  const scroller = useRef(/** @type {HTMLElement|null} */ (null));
  const [range, setRange] = useState([0, 30]);
  const measure = () => {
    if (!scroller.current) return;
    const { scrollTop, clientHeight } = scroller.current;
    const from = Math.max(0, Math.floor(scrollTop / rowHeight) - SPARE);
    const to = Math.ceil((scrollTop + clientHeight) / rowHeight) + SPARE;
    setRange((held) => (held[0] === from && held[1] === to ? held : [from, to]));
    if (to >= ids.length - SPARE) onEnd?.();
  };
  const measured = useRef(measure);
  measured.current = measure;
  useLayoutEffect(() => measured.current(), [ids.length, rowHeight]);
  useEffect(() => {
    const watch = new ResizeObserver(() => measured.current());
    watch.observe(/** @type {HTMLElement} */ (scroller.current));
    return () => watch.disconnect();
  }, []);
  const at = current === null ? -1 : ids.indexOf(current);
  useEffect(() => {
    const box = scroller.current;
    if (at < 0 || !box) return;
    const top = at * rowHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + rowHeight > box.scrollTop + box.clientHeight) box.scrollTop = top + rowHeight - box.clientHeight;
  }, [current]);
  const setHeight = (/** @type {HTMLElement|null} */ element) => element && (element.style.height = `${ids.length * rowHeight}px`);
  const setTop = (/** @type {number} */ index) => (/** @type {HTMLElement|null} */ element) =>
    element && ((element.style.transform = `translateY(${index * rowHeight}px)`), (element.style.height = `${rowHeight}px`));
  return html`
    <div ref=${scroller} class=${`rows ${extra ?? ""}`} data-scroller onScroll=${measure} tabindex="-1">
      <div ref=${setHeight} class="rows-inner" role="list" aria-label=${label}>
        ${ids.slice(range[0], range[1]).map((id, i) => {
          const index = range[0] + i;
          return html`<div key=${id} class="rows-row" role="listitem" aria-setsize=${ids.length} aria-posinset=${index + 1}
            ref=${setTop(index)}>${render(id, index)}</div>`;
        })}
      </div>
      ${footer}
    </div>
  `;
}
