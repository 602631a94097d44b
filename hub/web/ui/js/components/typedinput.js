import { html } from "../html.js";
import { Select } from "./select.js";
import { TextField } from "./field.js";

const INPUTS = /** @type {Record<string, Record<string, string>>} */ ({
  text: { type: "text", dir: "auto" },
  number: { type: "number", step: "any", inputmode: "decimal" },
  date: { type: "date" },
  url: { type: "url", placeholder: "https://", inputmode: "url" },
});

/**
 * The control for a custom field of any type; nothing entered is null. It tells the value when the agent has finished with it.
 * @param {{label: string, type: string, choices: string[], value: any, onValue: (value: any) => void, error?: string|null,
 *   words: {none: string, yes: string, no: string}}} props
 */
export function TypedInput({ label, type, choices, value, onValue, error, words }) {
  if (type === "boolean" || type === "choice") {
    const known = type === "boolean" ? [{ value: true, label: words.yes }, { value: false, label: words.no }] : choices.map((it) => ({ value: it, label: it }));
    const kept = value != null && !known.some((it) => it.value === value) ? [{ value, label: String(value) }] : [];
    return html`<${Select} label=${label} error=${error} value=${value ?? null} onValue=${onValue}
      options=${[{ value: null, label: words.none }, ...known, ...kept]} />`;
  }
  const take = (/** @type {any} */ event) => {
    const { value: text, validity } = event.target;
    if (!validity.valid) return;
    const next = text.trim() === "" ? null : type === "number" ? Number(text) : text.trim();
    if (next !== (value ?? null)) onValue(next);
  };
  return html`<${TextField} label=${label} error=${error} value=${value ?? ""} autocomplete="off" ...${INPUTS[type] ?? INPUTS.text} onChange=${take} />`;
}
