import { useLayoutEffect, useRef } from "preact/hooks";
import { classes, html } from "../html.js";

const GAP = 4;
const EDGE = 8;

/** Put a floating thing beside what it belongs to, inside the window.
 * @param {HTMLElement} floating @param {Element} anchor @param {'start'|'end'} [align] @param {'below'|'above'} [side] */
export function place(floating, anchor, align = "start", side = "below") {
  const rect = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = floating;
  const rtl = getComputedStyle(anchor).direction === "rtl";
  const left = (align === "start") !== rtl ? rect.left : rect.right - width;
  const below = rect.bottom + GAP;
  const above = rect.top - height - GAP;
  const fitsBelow = below + height <= innerHeight - EDGE;
  const fitsAbove = above >= EDGE;
  const top = side === "above" ? (fitsAbove || !fitsBelow ? above : below) : fitsBelow || !fitsAbove ? below : above;
  floating.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - width - EDGE))}px`;
  floating.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - height - EDGE))}px`;
}

/**
 * A floating panel by the native popover: closes on Escape and on a click elsewhere, gives the focus back.
 * @param {{open: boolean, anchor: {current: Element|null}, onClose: () => void, align?: 'start'|'end', side?: 'below'|'above', label?: string, role?: string,
 *   class?: string, children: any, [name: string]: any}} props
 */
export function Popover({ open, anchor, onClose, align, side, label, role = "dialog", class: extra, children, ...rest }) {
  const self = useRef(/** @type {HTMLElement|null} */ (null));
  useLayoutEffect(() => {
    const panel = self.current;
    if (!panel || !open || !anchor.current) return undefined;
    const before = document.activeElement;
    const again = () => anchor.current && place(panel, anchor.current, align, side);
    // named as the source, a click on the anchor does not close and open it again
    /** @type {any} */ (panel).showPopover({ source: anchor.current });
    again();
    addEventListener("resize", again);
    const watch = new ResizeObserver(again);
    watch.observe(panel);
    return () => {
      removeEventListener("resize", again);
      watch.disconnect();
      if (before instanceof HTMLElement && (panel.contains(document.activeElement) || document.activeElement === document.body)) before.focus();
    };
  }, [open]);
  if (!open) return null;
  // before, not after: whoever presses its key right after Escape opens it again
  return html`
    <div ref=${self} popover="auto" class=${classes("popover", extra)} role=${role} aria-label=${label}
      onBeforeToggle=${(/** @type {any} */ event) => event.newState === "closed" && onClose()} ...${rest}>
      ${children}
    </div>
  `;
}
