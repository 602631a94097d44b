import { useLayoutEffect, useId, useRef } from "preact/hooks";
import { classes, html } from "../html.js";
import { Button } from "./button.js";

/**
 * A native modal dialog: keeps the focus inside, closes on Escape, does what its main button does on Ctrl+Enter, gives the focus back.
 * @param {{open: boolean, title: string, closeLabel: string, onClose: () => void, wide?: boolean, class?: string, footer?: any, children: any}} props
 */
export function Dialog({ open, title, closeLabel, onClose, wide, class: extra, footer, children }) {
  const self = useRef(/** @type {HTMLDialogElement|null} */ (null));
  const id = useId();
  useLayoutEffect(() => {
    const dialog = self.current;
    if (!open || !dialog) return undefined;
    const before = document.activeElement;
    dialog.showModal();
    const first = dialog.querySelector("[autofocus]") ?? dialog.querySelector(".dialog-body :is(input, textarea, select)");
    // with nothing to fill in the dialog itself has the focus, and not the button that closes it
    /** @type {HTMLElement} */ (first ?? dialog).focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [open]);
  if (!open) return null;
  // at once where the browser lets us: its own word comes later, and would close what was opened again meanwhile
  const cancel = (/** @type {Event} */ event) => {
    if (event.target !== self.current || !event.cancelable) return;
    event.preventDefault();
    onClose();
  };
  const outside = (/** @type {MouseEvent} */ event) => event.target === self.current && onClose();
  // from a field of many lines too, where Enter alone begins a new one
  const send = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    event.preventDefault();
    /** @type {HTMLElement|null|undefined} */ (self.current?.querySelector(".dialog-foot :is(.primary, [type=submit]):not(:disabled)"))?.click();
  };
  return html`
    <dialog ref=${self} tabindex="-1" class=${classes("dialog", wide && "wide", extra)} aria-labelledby=${id} onKeyDown=${send} onCancel=${cancel} onClose=${onClose} onMouseDown=${outside}>
      <div class="dialog-frame">
        <header class="dialog-head">
          <h2 id=${id}>${title}</h2>
          <${Button} kind="quiet" icon="x" tip=${closeLabel} onClick=${onClose} />
        </header>
        <div class="dialog-body">${children}</div>
        ${footer && html`<footer class="dialog-foot">${footer}</footer>`}
      </div>
    </dialog>
  `;
}
