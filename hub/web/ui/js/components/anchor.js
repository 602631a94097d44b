import { useEffect, useRef } from "preact/hooks";

/**
 * Keeps what is being read where it is while things come, go or grow above and below it. While `following()` the
 * newest end stays in view instead, which a reversed scroller does by itself.
 * @param {{current: HTMLElement|null}} scroller @param {{current: HTMLElement|null}} content @param {string} items what to hold on to, as a selector
 * @param {() => boolean} following
 * @returns {{look: () => void}} to be called after somebody scrolled
 */
export function useAnchor(scroller, content, items, following) {
  /** What is in view, and how far from the top. @type {{current: {element: Element, top: number}[]}} */
  const held = useRef([]);
  const look = () => {
    const box = scroller.current;
    if (!box) return;
    const view = box.getBoundingClientRect();
    held.current = [];
    for (const element of box.querySelectorAll(items)) {
      const { top, bottom } = element.getBoundingClientRect();
      if (top > view.bottom) break;
      if (bottom > view.top) held.current.push({ element, top });
    }
  };
  const keep = () => {
    const box = scroller.current;
    if (!box) return;
    if (!following()) {
      const anchor = held.current.find(({ element }) => element.isConnected);
      const moved = anchor ? anchor.element.getBoundingClientRect().top - anchor.top : 0;
      if (Math.abs(moved) >= 1) box.scrollTop += moved;
    }
    look();
  };
  const now = useRef(keep);
  now.current = keep;
  useEffect(() => {
    if (!content.current) return undefined;
    const watch = new ResizeObserver(() => now.current());
    watch.observe(content.current);
    return () => watch.disconnect();
  }, []);
  return { look };
}
