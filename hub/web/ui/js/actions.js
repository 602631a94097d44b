import { signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { holdKeys, useKeys } from "./keys.js";
import { isHere } from "./soon.js";

/**
 * What can be done on the pages, said once: the key that does it, its line in the palette and on the sheet of shortcuts.
 * One that is not `ready` has nothing to act on now: the sheet still tells its key. What is typed after one
 * that `asks` is for the field or menu that it opens.
 *
 * @typedef {{id: string, label: string, group: string, keys?: string[], icon?: string, detail?: string, ready?: boolean, asks?: boolean, run: () => void|false}} Action
 */

/** @type {{current: Action[]}[]} */
const layers = [];
/** Rises when a page with actions comes or goes. */
const changed = signal(0);

/** Offer these while the component is on the page. @param {Action[]} actions */
export function useActions(actions) {
  const held = useRef(actions);
  held.current = actions;
  useLayoutEffect(() => {
    layers.push(held);
    changed.value += 1;
    return () => {
      layers.splice(layers.indexOf(held), 1);
      changed.value += 1;
    };
  }, []);
  useKeys(Object.fromEntries(actions.flatMap((it) => (it.keys ?? []).map((key) => [key, () => (it.ready === false ? false : press(it))]))));
}

/** @param {Action} action */
function press({ asks, run }) {
  if (asks && !isHere()) holdKeys();
  return run();
}

/** Everything that is offered now; what the newest page says of an action counts. @returns {Action[]} */
export function offered() {
  void changed.value;
  const found = new Map();
  for (const layer of layers) for (const action of layer.current) found.set(action.id, action);
  return [...found.values()];
}

/** How well words answer to what was typed: every typed word begins a word, or its letters stand in order; 0 for not at all.
 * @param {string} words @param {string} typed */
export function fits(words, typed) {
  const text = plain(words);
  let score = 1;
  for (const part of plain(typed).split(/\s+/).filter(Boolean)) {
    const at = text.indexOf(part);
    if (at === 0) score += 4;
    else if (at > 0 && /[\s\-/(]/.test(text[at - 1])) score += 3;
    else if (at > 0) score += 1;
    else if (part.length > 2 && inOrder(text, part)) score += 0.2;
    else return 0;
  }
  return score;
}

/** Without case and accents. @param {string} words */
const plain = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/** @param {string} text @param {string} letters */
function inOrder(text, letters) {
  let at = -1;
  for (const letter of letters) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}
