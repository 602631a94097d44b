import { useRef } from "preact/hooks";
import { html } from "../html.js";

/**
 * The line between two panes: drag it, or move it with the arrow keys. The width is kept on this device as a CSS
 * variable of the pane's parent.
 * @param {{name: string, label: string, least: number, most: number, start: number, side: 'start'|'end'}} props
 */
export function Splitter({ name, label, least, most, start, side }) {
  const self = useRef(/** @type {HTMLElement|null} */ (null));
  const key = `pane:${name}`;
  const width = () => Number(localStorage.getItem(key)) || start;
  const set = (/** @type {number} */ next) => {
    const value = Math.round(Math.max(least, Math.min(most, next)));
    localStorage.setItem(key, String(value));
    self.current?.parentElement?.style.setProperty(`--pane-${name}`, `${value}px`);
    self.current?.setAttribute("aria-valuenow", String(value));
  };
  const direction = () => {
    const rtl = self.current && getComputedStyle(self.current).direction === "rtl";
    return (side === "start" ? 1 : -1) * (rtl ? -1 : 1);
  };
  const attach = (/** @type {HTMLElement|null} */ element) => {
    self.current = element;
    if (element && localStorage.getItem(key)) set(width());
  };
  const onPointerDown = (/** @type {PointerEvent} */ event) => {
    const element = /** @type {HTMLElement} */ (event.currentTarget);
    const from = event.clientX;
    const before = width();
    element.setPointerCapture(event.pointerId);
    element.classList.add("dragging");
    const move = (/** @type {PointerEvent} */ e) => set(before + (e.clientX - from) * direction());
    element.addEventListener("pointermove", move);
    element.addEventListener("lostpointercapture", () => {
      element.removeEventListener("pointermove", move);
      element.classList.remove("dragging");
    }, { once: true });
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowLeft: -16, ArrowRight: 16 }[event.key];
    if (step) {
      event.preventDefault();
      set(width() + step * direction());
    }
  };
  return html`<div ref=${attach} class=${`splitter splitter-${name}`} role="separator" aria-orientation="vertical" aria-label=${label}
    tabindex="0"
    aria-valuemin=${least} aria-valuemax=${most} aria-valuenow=${width()} onPointerDown=${onPointerDown} onKeyDown=${onKeyDown}
      onDblClick=${() => set(start)}></div>`;
}
