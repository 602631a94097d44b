import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { html } from "./html.js";

/** How often the part is asked for by itself, and how long it waits between two tries, in milliseconds. */
const TRIES = 6;
const PAUSE = 500;

/** @typedef {typeof import("./pages/soon.js")} Part */

const part = signal(/** @type {Part|null} */ (null));
const failed = signal(false);
/** Whether it has come. */
export const isHere = () => part.peek() !== null;
/** @type {Promise<Part>|null} */
let coming = null;

/** @returns {Promise<Part>} */
async function ask() {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await import("./pages/soon.js");
    } catch (problem) {
      if (attempt === TRIES) throw problem;
      await new Promise((go) => setTimeout(go, PAUSE * 2 ** attempt));
    }
  }
}

/** What the first picture does not need. Rejects where it cannot be had; asked again, it tries again. */
export function soon() {
  coming ??= ask().then(
    (found) => (part.value = found),
    (problem) => {
      coming = null;
      failed.value = true;
      throw problem;
    },
  );
  failed.value = false;
  return coming;
}

/**
 * A component of that part. Until it is there, `wait` stands in its place; `wanted`: it is on the screen, so that it is fetched at
 * once, and `fault` stands there if that fails.
 * @param {{name: keyof Part, wait?: any, wanted?: boolean, fault?: (again: () => void) => any, [prop: string]: any}} props
 */
export function Soon({ name, wait = null, wanted = false, fault, ...props }) {
  useEffect(() => {
    if (wanted) soon().catch(() => undefined);
  }, [wanted]);
  if (part.value) return html`<${part.value[name]} ...${props} />`;
  return fault && failed.value ? fault(() => void soon().catch(() => undefined)) : wait;
}
