import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { route } from "../../router.js";

/** So long those who took an element away may give the focus to another one, in milliseconds. */
const OWN = 60;

/** Where work goes on: the open conversation in the list, or on a phone its timeline; the next of my tasks. */
const PLACES = ['.conversation-row[aria-current="true"]', ".timeline-scroll", '.conversation-row[tabindex="0"]', ".tasks-page .task .checkbox"];

/** What has the focus may go away: the button of a conversation that is resolved, an undo that was pressed, a page that a
 * key has left. The focus is then never on nothing, from where the Tab key would begin at the top. */
export function useKeptFocus() {
  useEffect(() => {
    const main = /** @type {HTMLElement} */ (document.getElementById("main"));
    /** @type {Element|null} */
    let last = null;
    let { page } = route.peek();
    let left = false;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    let timer;
    const nowhere = () => document.activeElement === document.body || document.activeElement === main;
    const lost = () => (left || (last !== null && !last.isConnected)) && nowhere();
    const mend = () => {
      if (!lost()) return;
      const place = PLACES.map((it) => /** @type {HTMLElement|null} */ (document.querySelector(it))).find((it) => it?.checkVisibility());
      if (place) place.focus({ preventScroll: true });
      else if (page !== "desk") main.focus({ preventScroll: true }); // what takes its place may still be on its way
    };
    const mendSoon = () => {
      if (!lost()) return;
      clearTimeout(timer);
      timer = setTimeout(mend, OWN);
    };
    const come = (/** @type {FocusEvent} */ event) => {
      if (event.target === main) return;
      last = /** @type {Element} */ (event.target);
      left = false;
    };
    const watch = new MutationObserver(mendSoon);
    watch.observe(document.body, { childList: true, subtree: true });
    document.addEventListener("focusin", come);
    const stop = effect(() => {
      if (route.value.page === page) return;
      page = route.value.page;
      left = nowhere();
      mendSoon();
    });
    return () => {
      clearTimeout(timer);
      stop();
      watch.disconnect();
      document.removeEventListener("focusin", come);
    };
  }, []);
}
