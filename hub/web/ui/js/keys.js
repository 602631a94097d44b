import { useEffect, useRef } from "preact/hooks";

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

/** Answer to these keys while the component is on the page. A command that returns false passes the key on.
 * @param {Keys} keys */
export function useKeys(keys) {
  const held = useRef(keys);
  held.current = keys;
  useEffect(() => {
    layers.push(held);
    return () => void layers.splice(layers.indexOf(held), 1);
  }, []);
}

export const mac = /mac|iphone|ipad/i.test(navigator.platform);
/** How this machine writes the command key. */
export const modName = mac ? "⌘" : "Ctrl";
