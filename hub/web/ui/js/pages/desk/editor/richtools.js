import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../../components/button.js";
import { TextField } from "../../../components/field.js";
import { Popover } from "../../../components/popover.js";
import { html } from "../../../html.js";
import { modName } from "../../../keys.js";
import { t } from "../../../words.js";

/** Each: what it is called, its icon, its keys beside Ctrl or ⌘, whether it is on, and what it does.
 * @type {[id: string, icon: string, keys: string, on: (path: string, editor: any) => boolean, run: (editor: any, on: boolean) => void][]} */
const TOOLS = [
  ["bold", "bold", "B", (_, it) => it.hasFormat("B"), (it, on) => (on ? it.removeBold() : it.bold())],
  ["italic", "italic", "I", (_, it) => it.hasFormat("I"), (it, on) => (on ? it.removeItalic() : it.italic())],
  ["underline", "underline", "U", (_, it) => it.hasFormat("U"), (it, on) => (on ? it.removeUnderline() : it.underline())],
  ["bullets", "list", "⇧ 8", (path) => /(?:^|>)UL/.test(path), (it, on) => (on ? it.removeList() : it.makeUnorderedList())],
  ["numbers", "list-ordered", "⇧ 9", (path) => /(?:^|>)OL/.test(path), (it, on) => (on ? it.removeList() : it.makeOrderedList())],
  ["quote", "text-quote", "]", (path) => /(?:^|>)BLOCKQUOTE/.test(path), (it, on) => (on ? it.decreaseQuoteLevel() : it.increaseQuoteLevel())],
];

/** The looks that words can have: one stop for the Tab key, arrow keys inside. @param {{editor: any}} props */
export function RichTools({ editor }) {
  const bar = useRef(/** @type {HTMLElement|null} */ (null));
  const [path, setPath] = useState("");
  const [at, setAt] = useState(0);
  useEffect(() => {
    if (!editor) return undefined;
    const moved = () => setPath(`${editor.getPath()} ${Math.random()}`); // the same path may have other looks
    editor.addEventListener("pathChange", moved);
    editor.addEventListener("select", moved);
    return undefined;
  }, [editor]);
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const all = /** @type {HTMLElement[]} */ ([...(bar.current?.querySelectorAll(":scope > button") ?? [])]);
    const rtl = getComputedStyle(/** @type {HTMLElement} */ (bar.current)).direction === "rtl" ? -1 : 1;
    const to = { ArrowRight: at + rtl, ArrowLeft: at - rtl, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = (to + all.length) % all.length;
    setAt(next);
    all[next].focus();
  };
  const held = path.replace(/ \S+$/, "");
  const stop = (/** @type {number} */ index) => (index === at ? 0 : -1);
  return html`
    <div ref=${bar} class="rich-tools" role="toolbar" aria-label=${t("looks-of-words")} onKeyDown=${onKeyDown}
      onMouseDown=${(/** @type {Event} */ event) => /** @type {HTMLElement} */ (event.target).closest(".popover") ?? event.preventDefault()}>
      ${TOOLS.map(([id, icon, keys, isOn, run], index) => {
        const on = Boolean(editor && isOn(held, editor));
        return html`<${Button} key=${id} kind="quiet" size="small" icon=${icon} tip=${t(`tool-${id}`)} keys=${`${modName} ${keys}`} pressed=${on} tabindex=${stop(index)}
          disabled=${!editor} onClick=${() => (run(editor, on), editor.focus(), setPath(`${editor.getPath()} ${Math.random()}`))} />`;
      })}
      <${LinkTool} editor=${editor} tabindex=${stop(TOOLS.length)} on=${/(?:^|>)A\b/.test(held)} />
      <${Button} kind="quiet" size="small" icon="remove-formatting" tip=${t("tool-plain")} tabindex=${stop(TOOLS.length + 1)} disabled=${!editor}
        onClick=${() => (editor.removeAllFormatting(), editor.focus())} />
    </div>
  `;
}

/** @param {{editor: any, tabindex: number, on: boolean}} props */
function LinkTool({ editor, tabindex, on }) {
  const anchor = useRef(/** @type {HTMLElement|null} */ (null));
  const [open, setOpen] = useState(false);
  const [address, setAddress] = useState("");
  /** The popover takes the selection of the page away. @type {{current: Range|null}} */
  const range = useRef(null);
  const start = () => {
    if (on) return void (editor.removeLink(), editor.focus());
    range.current = editor.getSelection().cloneRange();
    setAddress("");
    setOpen(true);
  };
  const make = (/** @type {Event} */ event) => {
    event.preventDefault();
    event.stopPropagation();
    const written = address.trim();
    setOpen(false);
    if (!written) return;
    const href = /^(https?|mailto|tel):/i.test(written) ? written : /^\S+@\S+$/.test(written) ? `mailto:${written}` : `https://${written}`;
    setTimeout(() => {
      editor.setSelection(range.current);
      editor.makeLink(href);
      editor.focus();
    }, 0);
  };
  return html`
    <${Button} kind="quiet" size="small" icon="link" elementRef=${anchor} tip=${t(on ? "tool-unlink" : "tool-link")} pressed=${on} tabindex=${tabindex} disabled=${!editor} onClick=${start} />
    <${Popover} open=${open} anchor=${anchor} onClose=${() => setOpen(false)} side="above" label=${t("tool-link")} class="link-form">
      <div class="form-line" onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Enter" && make(event)}>
        <${TextField} label=${t("link-address")} type="text" inputmode="url" placeholder="https://" value=${address} onValue=${setAddress} autofocus />
        <${Button} kind="primary" onClick=${make}>${t("tool-link")}<//>
      </div>
    <//>
  `;
}
