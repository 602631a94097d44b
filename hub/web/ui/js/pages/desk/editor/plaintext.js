import { useLayoutEffect, useRef } from "preact/hooks";
import { html } from "../../../html.js";

/**
 * Where words are written: what stands before the cursor, and the way to put others in its place.
 * @typedef {{focus: () => void, blur: () => void, before: () => string, replace: (letters: number, words: {text: string, html?: string}) => void}} Writer
 */

/** Words without looks, in a field that grows with them.
 * @param {{value: string, onValue: (text: string) => void, writer: {current: Writer|null}, rows: number, [attribute: string]: any}} props */
export function PlainText({ value, onValue, writer, rows, onMoved, ...attributes }) {
  const field = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  useLayoutEffect(() => {
    const element = /** @type {HTMLTextAreaElement} */ (field.current);
    writer.current = {
      focus: () => element.focus(),
      blur: () => element.blur(),
      before: () => element.value.slice(0, element.selectionStart),
      replace: (letters, { text }) => {
        element.focus();
        element.setRangeText(text, Math.max(0, element.selectionStart - letters), element.selectionEnd, "end");
        element.dispatchEvent(new Event("input", { bubbles: true }));
      },
    };
  }, []);
  useLayoutEffect(() => {
    const element = /** @type {HTMLTextAreaElement} */ (field.current);
    element.style.blockSize = "auto";
    element.style.blockSize = `${element.scrollHeight}px`;
  }, [value]);
  return html`<textarea ref=${field} class="composer-text" rows=${rows} dir="auto" value=${value} ...${attributes}
    onInput=${(/** @type {any} */ event) => onValue(event.target.value)} onKeyUp=${onMoved} onClick=${onMoved}></textarea>`;
}
