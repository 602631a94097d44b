import { useEffect } from "preact/hooks";

/** What arrow keys stop at. */
const STOPS = "article.entry, .event, .fold-button, .thread-button";
const CONTROLS = "a[href], button, summary, audio, iframe, input";

/**
 * The timeline is one tab stop: arrow keys go from entry to entry, and Tab reaches only what is inside the entry that has
 * the focus. @param {{current: HTMLElement|null}} scroller
 */
export function useRoving(scroller) {
  useEffect(() => {
    const box = scroller.current;
    if (!box) return undefined;
    /** @type {Element|null} */
    let current = null;
    const settle = (/** @type {ParentNode} */ root) => {
      for (const control of root.querySelectorAll(CONTROLS)) {
        if (!control.closest(".timeline-chunk")) continue;
        const within = control.closest("article.entry");
        /** @type {HTMLElement} */ (control).tabIndex = within !== null && within === current ? 0 : -1;
      }
    };
    const enter = (/** @type {FocusEvent} */ event) => {
      const next = /** @type {Element} */ (event.target).closest("article.entry");
      if (next === current) return;
      const before = current;
      current = next;
      if (before?.isConnected) settle(before);
      if (next) settle(next);
    };
    settle(box);
    box.addEventListener("focusin", enter);
    const watch = new MutationObserver((changes) => {
      for (const change of changes) for (const node of change.addedNodes) if (node instanceof Element && node.parentElement) settle(node.parentElement);
    });
    watch.observe(box, { childList: true, subtree: true });
    return () => {
      box.removeEventListener("focusin", enter);
      watch.disconnect();
    };
  }, []);
}

/** Arrow keys move from entry to entry, End goes to the newest, Enter opens what can be done with one, Escape leaves what is
 * inside it. @param {KeyboardEvent} event */
export function onTimelineKeys(event) {
  const box = /** @type {HTMLElement} */ (event.currentTarget);
  const target = /** @type {HTMLElement} */ (event.target);
  const stop = target === box || target.matches(STOPS);
  if (event.key === "Escape" && !stop) {
    const entry = /** @type {HTMLElement|null} */ (target.closest("article.entry"));
    if (!entry) return;
    event.preventDefault();
    event.stopPropagation();
    return entry.focus();
  }
  if (!stop || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter" && target.matches("article.entry")) {
    event.preventDefault();
    return /** @type {HTMLElement|null} */ (target.querySelector(".entry-more"))?.click();
  }
  const step = { ArrowDown: 1, ArrowUp: -1, End: Infinity }[event.key];
  if (!step) return;
  event.preventDefault();
  const all = /** @type {HTMLElement[]} */ ([...box.querySelectorAll(STOPS)]);
  const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const next = all[at < 0 ? all.length - 1 : Math.max(0, Math.min(all.length - 1, at + step))];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}
