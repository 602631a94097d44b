import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * Keyboard commands. A page says which keys it answers to; the newest page is asked first.
 * Plain keys are left alone while someone types.
 *
 * @typedef {Record<string, (event: KeyboardEvent) => void | false>} Keys
 */

/** @type {{current: Keys}[]} */
const layers = [];

/** Whether somebody writes there. A field of what was just closed may have the focus for a moment still.
 * @param {EventTarget|null} target */
const typing = (target) =>
  target instanceof HTMLElement && target.checkVisibility() && (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio])"));

/** The name of a key as the commands write it: "j", "?", "mod+Enter", "Escape".
 * @param {KeyboardEvent} event */
function nameOf(event) {
  const mod = event.metaKey || event.ctrlKey ? "mod+" : "";
  const shift = event.shiftKey && event.key.length > 1 ? "shift+" : "";
  return mod + shift + (mod ? event.key.length === 1 ? event.key.toLowerCase() : event.key : event.key);
}

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const name = nameOf(event);
  if (typing(event.target) && !name.startsWith("mod+") && name !== "Escape") return;
  // what is open above the page has the keys: Escape closes it, and no letter acts on what lies below
  if (document.querySelector(name.startsWith("mod+") ? "dialog[open]" : "dialog[open], [popover=auto]:popover-open")) return;
  for (const layer of [...layers].reverse()) {
    const command = layer.current[name];
    if (command && command(event) !== false) {
      event.preventDefault();
      return;
    }
  }
});

/** How long a field may be on its way, in milliseconds: after that the keys are commands again. */
const PATIENCE = 5000;
/** Keys that mean something in a field, beside the letters. */
const HELD = ["Enter", "Backspace", "ArrowUp", "ArrowDown"];

/** What is typed from now on is for the field or menu that a command has asked for: it is held until that has the focus,
 * and then given to it. Escape or a click ends that. */
export function holdKeys() {
  const stop = new AbortController();
  /** @type {string[]} */
  const held = [];
  const hold = (/** @type {KeyboardEvent} */ event) => {
    if (!event.isTrusted || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") stop.abort();
    else if (event.key.length === 1 || HELD.includes(event.key)) held.push(event.key);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const give = async () => {
    if (!takesKeys(document.activeElement)) return;
    removeEventListener("focusin", give);
    do {
      // a dialog moves the focus on to its first field, and each key may draw what the next one is for
      await new Promise((drawn) => setTimeout(drawn));
      press(held.shift());
    } while (held.length);
    stop.abort();
  };
  addEventListener("keydown", hold, { capture: true, signal: stop.signal });
  addEventListener("focusin", give, { signal: stop.signal });
  addEventListener("pointerdown", () => stop.abort(), { signal: stop.signal });
  setTimeout(() => stop.abort(), PATIENCE);
}

/** @param {Element|null} place */
const takesKeys = (place) => typing(place) || Boolean(place?.closest("dialog, [popover]"));

/** As if it was pressed where the focus is; the page itself is never meant. @param {string} [key] */
function press(key) {
  const place = /** @type {HTMLElement} */ (document.activeElement);
  if (!key || !takesKeys(place)) return;
  const taken = !place.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  if (taken) return;
  if (key === "Enter" && !typing(place)) place.click();
  else if (key === "Backspace") document.execCommand("delete");
  else if (key === "Enter" || key.length === 1) document.execCommand("insertText", false, key === "Enter" ? "\n" : key);
}

/** Answer to these keys while the component is on the page. A command that returns false passes the key on.
 * @param {Keys} keys */
export function useKeys(keys) {
  const held = useRef(keys);
  held.current = keys;
  useLayoutEffect(() => {
    layers.push(held);
    return () => void layers.splice(layers.indexOf(held), 1);
  }, []);
}

export const mac = /mac|iphone|ipad/i.test(navigator.platform);
/** How this machine writes the command key. */
export const modName = mac ? "⌘" : "Ctrl";
