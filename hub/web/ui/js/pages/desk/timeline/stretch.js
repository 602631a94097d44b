import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { html } from "../../../html.js";
import { TimelineItem } from "./items.js";
import { guessHeight, sameItem } from "./layout.js";

/** How far beyond the view entries stay drawn, in pixels. */
const NEAR = 1200;
/** So many chunks at the newest end are drawn with the page; the others when their turn comes. */
const FIRST = 3;

/** @typedef {{key: number, items: import("./layout.js").Item[]}} Chunk */

/** One observer for all chunks: tells each whether it is near the view. */
class Nearness {
  constructor() {
    /** @type {Map<Element, (near: boolean) => void>} */
    this.told = new Map();
    /** @type {IntersectionObserver|null} */
    this.observer = null;
  }

  /** @param {HTMLElement} element @param {(near: boolean) => void} tell */
  watch(element, tell) {
    this.observer ??= new IntersectionObserver(
      (seen) => {
        for (const one of seen) this.told.get(one.target)?.(one.isIntersecting);
      },
      { root: element.closest("[data-scroller]"), rootMargin: `${NEAR}px 0px` },
    );
    this.told.set(element, tell);
    this.observer.observe(element);
    return () => {
      this.observer?.unobserve(element);
      this.told.delete(element);
    };
  }
}

/** The items of a timeline, of which only those near the view are drawn.
 * @param {{chunks: Chunk[], wanted: string|null}} props wanted: the key of an item that must be drawn */
export function Stretch({ chunks, wanted }) {
  const nearness = useRef(/** @type {Nearness|null} */ (null));
  nearness.current ??= new Nearness();
  /** Chunks that did not change are not even looked at. @type {{current: Map<number, {chunk: Chunk, must: boolean, drawn: any}>}} */
  const before = useRef(new Map());
  const begins = before.current.size === 0;
  const next = new Map();
  for (const [index, chunk] of chunks.entries()) {
    const must = wanted !== null && chunk.items.some((item) => item.key === wanted);
    const held = before.current.get(chunk.key);
    const same = held && held.must === must && held.chunk.items.length === chunk.items.length && held.chunk.items.every((item, i) => sameItem(item, chunk.items[i]));
    next.set(chunk.key, same ? held : { chunk, must, drawn: html`<${ChunkView} key=${chunk.key} items=${chunk.items} must=${must}
      first=${begins && index >= chunks.length - FIRST} nearness=${nearness.current} />` });
  }
  before.current = next;
  // an element that is moved among its neighbours loses the focus
  const focused = /** @type {HTMLElement|null} */ (document.activeElement?.closest(".timeline-chunk") ? document.activeElement : null);
  useLayoutEffect(() => {
    if (focused?.isConnected && document.activeElement === document.body) focused.focus({ preventScroll: true });
  });
  return html`${[...next.values()].map((it) => it.drawn)}`;
}

/** Far from the view it is only a space of the same height.
 * @param {{items: import("./layout.js").Item[], first: boolean, must: boolean, nearness: Nearness}} props */
function ChunkView({ items, first, must, nearness }) {
  const self = useRef(/** @type {HTMLElement|null} */ (null));
  const height = useRef(0);
  const [near, setNear] = useState(first);
  const drawn = near || must;
  useEffect(() => {
    const element = /** @type {HTMLElement} */ (self.current);
    return nearness.watch(element, (isNear) => {
      if (!isNear && element.contains(document.activeElement)) return;
      if (!isNear && element.childElementCount > 0) height.current = element.getBoundingClientRect().height;
      setNear(isNear);
    });
  }, []);
  useLayoutEffect(() => {
    if (must) setNear(true); // it is about to be scrolled to
  }, [must]);
  useLayoutEffect(() => {
    if (!self.current) return;
    if (drawn) self.current.style.blockSize = "";
    else self.current.style.blockSize = `${height.current || items.reduce((sum, item) => sum + guessHeight(item), 0)}px`;
  }, [drawn, items]);
  return html`<div ref=${self} class="timeline-chunk">${drawn ? items.map((item) => html`<${TimelineItem} key=${item.key} item=${item} />`) : null}</div>`;
}
