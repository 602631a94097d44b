import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";

/** A phone, or a window of little height: every line counts there. */
const small = matchMedia("(max-width: 719px), (max-height: 800px)");
/** Whether the parts that are not always needed are folded until somebody comes to them. */
export const tight = signal(small.matches);
small.addEventListener("change", () => void (tight.value = small.matches));

/** Within this time after a field has lost the focus another one may get it, in milliseconds. */
const PASSING = 200;

/** Whether somebody is at work inside an element, also while the focus goes from part to part of it. Where a press of
 * the pointer begins or ends it, that is so only after the press: what is pressed does not move away under the finger.
 * @param {{current: HTMLElement|null}} box */
export function useHere(box) {
  const [here, setHere] = useState(false);
  useEffect(() => {
    const element = /** @type {HTMLElement} */ (box.current);
    let pressed = false;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    let timer;
    const look = () => void (pressed || setHere(element.contains(document.activeElement)));
    const lookSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(look, PASSING);
    };
    const come = () => void (pressed || setHere(true));
    const press = () => void (pressed = true);
    const release = () => {
      pressed = false;
      if (element.contains(document.activeElement)) setTimeout(look, 0);
      else lookSoon();
    };
    element.addEventListener("focusin", come);
    element.addEventListener("focusout", lookSoon);
    addEventListener("pointerdown", press, true);
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, release, true);
    return () => {
      clearTimeout(timer);
      element.removeEventListener("focusin", come);
      element.removeEventListener("focusout", lookSoon);
      removeEventListener("pointerdown", press, true);
      for (const end of ["pointerup", "pointercancel"]) removeEventListener(end, release, true);
    };
  }, []);
  return here;
}
