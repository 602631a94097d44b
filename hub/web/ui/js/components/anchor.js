import { useEffect, useRef } from "preact/hooks";

/**
 * Keeps what is being read where it is while things come, go or grow above and below it. While `following()` the
 * newest end stays in view instead, which a reversed scroller does by itself.
 * @param {{current: HTMLElement|null}} scroller @param {{current: HTMLElement|null}} content @param {string} items what to hold on to, as a selector
 * @param {() => boolean} following
 * @returns {{keep: () => void, look: () => void, hold: () => void}} `keep` after the content changed, `look` after somebody
 *   scrolled, `hold` to stay from now on where things stand
 */
export function useAnchor(scroller, content, items, following) {
  /** What is in view and how far from the top, where the scroller stood, and how long the content was. */
  const held = useRef({ at: 0, long: 0, items: /** @type {{element: Element, top: number}[]} */ ([]) });
  const capture = (/** @type {HTMLElement} */ box) => {
    const view = box.getBoundingClientRect();
    held.current = { at: box.scrollTop, long: box.scrollHeight, items: [] };
    for (const element of box.querySelectorAll(items)) {
      const { top, bottom } = element.getBoundingClientRect();
      if (top > view.bottom) break;
      if (bottom > view.top) held.current.items.push({ element, top });
    }
    // what is yet to be drawn will have another height: it is held on to only where nothing else is in view
    held.current.items.sort((a, b) => Number(a.element.matches(":empty")) - Number(b.element.matches(":empty")));
  };
  const keep = () => {
    const box = scroller.current;
    if (!box) return;
    if (!following()) {
      const anchor = held.current.items.find(({ element }) => element.isConnected);
      // what the reader scrolled since is no shift; what the browser did because the content became shorter is none of theirs
      const room = box.scrollHeight - box.clientHeight;
      const scrolled = box.scrollTop - Math.max(-room, held.current.at);
      const moved = anchor ? anchor.element.getBoundingClientRect().top - anchor.top + scrolled : 0;
      if (Math.abs(moved) >= 1) box.scrollTop += moved;
    }
    capture(box);
  };
  const look = () => {
    const box = scroller.current;
    if (!box) return;
    // the content may have changed just before the scrolling is heard of
    if (box.scrollHeight === held.current.long) capture(box);
    else keep();
  };
  const hold = () => void (scroller.current && capture(scroller.current));
  const now = useRef(keep);
  now.current = keep;
  useEffect(() => {
    if (!content.current || !scroller.current) return undefined;
    const watch = new ResizeObserver(() => now.current());
    watch.observe(content.current);
    watch.observe(scroller.current);
    return () => watch.disconnect();
  }, []);
  return { keep, look, hold };
}
