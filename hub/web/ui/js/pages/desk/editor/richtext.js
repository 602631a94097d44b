import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { settled } from "../../../api.js";
import { html } from "../../../html.js";
import { RichTools } from "./richtools.js";
import { fromText, isPlain, textOf } from "./richwords.js";

/** @typedef {import("./plaintext.js").Writer} Writer */

/** What mails carry alike; the hub cleans by the same list. */
const KEPT = {
  ALLOWED_TAGS: ["a", "b", "blockquote", "br", "code", "del", "div", "em", "h1", "h2", "h3", "hr", "i", "li", "ol", "p", "pre", "s", "span", "strong", "sub", "sup", "u", "ul"],
  ALLOWED_ATTR: ["href", "start", "dir", "lang"],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel):/i,
  RETURN_DOM_FRAGMENT: true,
};

/** Where the editor looks for the selection in what it is given. */
const SELECTION = ["squire-selection-start", "squire-selection-end"];
const KEPT_SELECTION = { ...KEPT, ADD_TAGS: ["input"], ADD_ATTR: ["id", "type"] };

/** @type {Promise<typeof import("./vendored.js")>|null} */
let library = null;

/** The editor, once a mail may be written and what is to be read has come. */
function loadEditor() {
  library ??= settled()
    .then(() => import("./vendored.js"))
    .catch((problem) => {
      library = null;
      throw problem;
    });
  return library;
}

/**
 * Words with their looks. Until the editor is there it takes plain words, and keeps them.
 * @param {{value: string|null, text: string, onValue: (html: string|null, text: string) => void, writer: {current: Writer|null},
 *   onMoved: () => void, label: string, placeholder: string, [attribute: string]: any}} props value: null where the words have no looks
 */
export function RichText({ value, text, onValue, writer, onMoved, label, placeholder, ...attributes }) {
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  const [editor, setEditor] = useState(/** @type {any} */ (null));
  /** What was last said to the outside: anything else that comes from there is news. */
  const said = useRef({ value, text });
  const told = useRef(onValue);
  told.current = onValue;

  const tell = () => {
    const element = box.current;
    if (!element) return; // the editor says a last word when it is taken away
    const words = textOf(element);
    element.toggleAttribute("data-empty", words === "" && !element.querySelector("li, blockquote"));
    const next = { value: isPlain(element) ? null : (editors.get(element)?.getHTML() ?? null), text: words };
    if (next.value === said.current.value && next.text === said.current.text) return;
    said.current = next;
    told.current(next.value, next.text);
  };

  useLayoutEffect(() => {
    const element = /** @type {HTMLElement} */ (box.current);
    element.replaceChildren(fromText(text));
    element.toggleAttribute("data-empty", text === "");
    writer.current = {
      focus: () => element.focus(),
      blur: () => element.blur(),
      before: () => before(element),
      replace: (letters, words) => replace(element, letters, words),
    };
    return () => void (writer.current = null);
  }, []);

  useEffect(() => {
    const element = /** @type {HTMLElement} */ (box.current);
    let made = /** @type {any} */ (null);
    let gone = false;
    void loadEditor().then(({ Squire, purify }) => {
      if (gone) return;
      const { value: looks, text: words } = said.current;
      const untouched = looks !== null && textOf(element) === words;
      const held = untouched ? looks : heldBy(element);
      const focused = document.activeElement === element;
      let taking = false;
      const clean = (/** @type {string} */ given) => {
        const fragment = purify.sanitize(given, taking ? KEPT_SELECTION : KEPT);
        for (const input of fragment.querySelectorAll("input")) if (!SELECTION.includes(input.id)) input.remove();
        return document.importNode(fragment, true);
      };
      made = new Squire(element, { blockTag: "DIV", addLinks: true, sanitizeToDOMFragment: clean });
      for (const key of ["Ctrl-d", "Meta-d", "Escape", "PageUp", "PageDown"]) made.setKeyHandler(key, null);
      if (focused) element.dispatchEvent(new FocusEvent("focus")); // it has not seen the focus come, and would trust an old selection
      taking = !untouched;
      made.setHTML(held);
      taking = false;
      if (focused && untouched) made.moveCursorToEnd();
      made.addEventListener("input", tell);
      made.addEventListener("pathChange", onMoved);
      editors.set(element, made);
      setEditor(made);
      tell();
    }, () => undefined); // plain words can be written without it, and are sent as such
    return () => {
      gone = true;
      editors.delete(element);
      made?.destroy();
    };
  }, []);

  // before the next key: later it would take the letters of that for older than what is given here
  useLayoutEffect(() => {
    if (value === said.current.value && text === said.current.text) return;
    said.current = { value, text };
    const element = /** @type {HTMLElement} */ (box.current);
    const focused = document.activeElement === element;
    const made = editors.get(element);
    if (made) made.setHTML(value ?? asHtml(text));
    else element.replaceChildren(fromText(text));
    if (focused && made) made.moveCursorToEnd().focus();
    element.toggleAttribute("data-empty", text === "" && value === null);
  }, [value, text]);

  return html`
    <${RichTools} editor=${editor} />
    <div ref=${box} class="composer-text rich-text" contenteditable="true" role="textbox" aria-multiline="true" dir="auto" tabindex="0"
      aria-label=${label} data-placeholder=${placeholder} onInput=${() => editor ?? tell()} onKeyUp=${onMoved} onClick=${onMoved} ...${attributes}></div>
  `;
}

/** The editor of each element. @type {WeakMap<HTMLElement, any>} */
const editors = new WeakMap();

const ESCAPES = /** @type {Record<string, string>} */ ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" });

/** @param {string} text */
const asHtml = (text) => text.split("\n").map((line) => `<div>${line.replace(/[&<>]/g, (it) => ESCAPES[it]) || "<br>"}</div>`).join("");

/** What was written before the editor came, as it is to be given to it: with the spaces at the ends, which it would trim,
 * and with what is selected. @param {HTMLElement} element */
function heldBy(element) {
  const selection = getSelection();
  if (selection?.rangeCount && element.contains(selection.getRangeAt(0).commonAncestorContainer)) {
    const range = selection.getRangeAt(0);
    for (const id of [...SELECTION].reverse()) {
      const at = range.cloneRange();
      at.collapse(id === SELECTION[0]);
      at.insertNode(Object.assign(document.createElement("input"), { type: "hidden", id }));
    }
  }
  const copy = element.cloneNode(true);
  const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = /** @type {Text} */ (texts.currentNode);
    node.data = node.data.replace(/ (?= )/g, "\u00a0");
    if (!goesOn(node, "previousSibling")) node.data = node.data.replace(/^ /, "\u00a0");
    if (!goesOn(node, "nextSibling")) node.data = node.data.replace(/ $/, "\u00a0");
  }
  return /** @type {HTMLElement} */ (copy).innerHTML;
}

/** Whether the line has more words beside these. @param {Node} node @param {"previousSibling"|"nextSibling"} side */
function goesOn(node, side) {
  let next = node[side];
  while (next instanceof HTMLInputElement || (next instanceof Text && !next.data)) next = next[side];
  return Boolean(next) && !(next instanceof HTMLDivElement || next instanceof HTMLBRElement);
}

/** The words of the line before the cursor. @param {HTMLElement} element */
function before(element) {
  const selection = getSelection();
  if (!selection?.isCollapsed || !selection.anchorNode || !element.contains(selection.anchorNode)) return "";
  const { anchorNode: node, anchorOffset: at } = selection;
  if (node.nodeType !== Node.TEXT_NODE) return "";
  return (node.textContent ?? "").slice(0, at).replace(/[\u200b]/g, "");
}

/** @param {HTMLElement} element @param {number} letters @param {{text: string, html?: string}} words */
function replace(element, letters, { text, html: looks }) {
  element.focus();
  const selection = /** @type {Selection} */ (getSelection());
  const editor = editors.get(element);
  if (letters && selection.anchorNode?.nodeType === Node.TEXT_NODE) {
    const range = document.createRange();
    range.setStart(selection.anchorNode, Math.max(0, selection.anchorOffset - letters));
    range.setEnd(selection.anchorNode, selection.anchorOffset);
    if (editor) editor.setSelection(range);
    selection.removeAllRanges();
    selection.addRange(range);
  }
  if (!editor) {
    selection.getRangeAt(0).deleteContents();
    selection.getRangeAt(0).insertNode(document.createTextNode(text));
    selection.collapseToEnd();
    element.dispatchEvent(new Event("input", { bubbles: true }));
  } else if (looks && text.includes("\n")) editor.insertHTML(looks);
  else editor.insertPlainText(text, false);
}
