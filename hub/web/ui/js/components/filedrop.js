import { useRef, useState } from "preact/hooks";
import { classes, html } from "../html.js";
import { Icon } from "./icon.js";

/** An area that takes files by drop and by paste; what it holds stays usable.
 * @param {{onFiles: (files: File[]) => void, label: string, disabled?: boolean, children: any, class?: string}} props */
export function FileDrop({ onFiles, label, disabled, children, class: extra }) {
  const depth = useRef(0);
  const [over, setOver] = useState(false);
  const carriesFiles = (/** @type {DragEvent} */ event) => !disabled && [...(event.dataTransfer?.types ?? [])].includes("Files");
  const leave = () => {
    depth.current = 0;
    setOver(false);
  };
  return html`
    <div class=${classes("filedrop", over && "over", extra)}
      onDragEnter=${(/** @type {DragEvent} */ e) => carriesFiles(e) && ((depth.current += 1), setOver(true))}
      onDragOver=${(/** @type {DragEvent} */ e) => carriesFiles(e) && e.preventDefault()}
      onDragLeave=${() => (depth.current -= 1) <= 0 && leave()}
      onDrop=${(/** @type {DragEvent} */ e) => carriesFiles(e) && (e.preventDefault(), leave(), onFiles([...(e.dataTransfer?.files ?? [])]))}
      onPaste=${(/** @type {ClipboardEvent} */ e) => {
        const files = [...(e.clipboardData?.files ?? [])];
        // an office program gives a picture of the words beside the words: those are meant
        const words = e.clipboardData?.types.includes("text/plain");
        if (files.length && !words && !disabled) {
          e.preventDefault();
          onFiles(files);
        }
      }}>
      ${children}
      ${over && html`<div class="filedrop-hint"><${Icon} name="upload" size=${20} />${label}</div>`}
    </div>
  `;
}

/** A button that opens the file picker. @param {{trigger: (open: () => void) => any, onFiles: (files: File[]) => void}} props */
export function FilePick({ trigger, onFiles }) {
  const input = useRef(/** @type {HTMLInputElement|null} */ (null));
  return html`
    ${trigger(() => input.current?.click())}
    <input ref=${input} type="file" multiple hidden onChange=${(/** @type {any} */ event) => {
      onFiles([...event.target.files]);
      event.target.value = "";
    }} />
  `;
}
