import { useEffect } from "preact/hooks";

/** So long those who took an element away may give the focus to another one, in milliseconds. */
const OWN = 60;

/** Where work goes on: the open conversation in the list, or on a phone its timeline. */
const PLACES = ['.conversation-row[aria-current="true"]', ".timeline-scroll", '.conversation-row[tabindex="0"]'];

/** What has the focus may go away: the button of a conversation that is resolved, an undo that was pressed. The focus is
 * then never on nothing, from where the Tab key would begin at the top. */
export function useKeptFocus() {
  useEffect(() => {
    /** @type {Element|null} */
    let last = null;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    let timer;
    const lost = () => last !== null && !last.isConnected && document.activeElement === document.body;
    const mend = () => {
      if (!lost()) return;
      const place = PLACES.map((it) => /** @type {HTMLElement|null} */ (document.querySelector(it))).find((it) => it?.checkVisibility());
      if (!place) return; // what takes its place is still on its way
      last = null;
      place.focus({ preventScroll: true });
    };
    const come = (/** @type {FocusEvent} */ event) => void (last = /** @type {Element} */ (event.target));
    const watch = new MutationObserver(() => {
      if (!lost()) return;
      clearTimeout(timer);
      timer = setTimeout(mend, OWN);
    });
    watch.observe(document.body, { childList: true, subtree: true });
    document.addEventListener("focusin", come);
    return () => {
      clearTimeout(timer);
      watch.disconnect();
      document.removeEventListener("focusin", come);
    };
  }, []);
}
