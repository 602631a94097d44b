import { useEffect, useRef } from "preact/hooks";
import { html } from "../html.js";

/** The end of what is loaded: asks for more before it is reached.
 * @param {{onReach: () => void, busy?: boolean, label: string, margin?: number}} props */
export function Sentinel({ onReach, busy, label, margin = 1200 }) {
  const self = useRef(/** @type {HTMLElement|null} */ (null));
  const reach = useRef(onReach);
  reach.current = onReach;
  useEffect(() => {
    if (!self.current || busy) return undefined;
    const watch = new IntersectionObserver((seen) => seen.some((it) => it.isIntersecting) && reach.current(), {
      root: self.current.closest("[data-scroller]"),
      rootMargin: `${margin}px`,
    });
    watch.observe(self.current);
    return () => watch.disconnect();
  }, [busy]);
  return html`<div ref=${self} class="sentinel">${busy ? html`<span class="spinner" role="status" aria-label=${label}></span>` : null}
    </div>`;
}
