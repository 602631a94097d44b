import { useState } from "preact/hooks";
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
  return html`<${Typed} label=${label} type=${type} value=${value ?? null} error=${error} onValue=${onValue} />`;
}

/** What is being typed stays, whatever changes around it, until it is finished.
 * @param {{label: string, type: string, value: any, error?: string|null, onValue: (value: any) => void}} props */
function Typed({ label, type, value, error, onValue }) {
  const [typed, setTyped] = useState(String(value ?? ""));
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setTyped(String(value ?? ""));
  }
  const take = (/** @type {any} */ event) => {
    if (!event.target.validity.valid) return;
    const text = event.target.value.trim();
    const next = text === "" ? null : type === "number" ? Number(text) : text;
    if (next !== value) onValue(next);
  };
  return html`<${TextField} label=${label} error=${error} value=${typed} onValue=${setTyped} autocomplete="off" ...${INPUTS[type] ?? INPUTS.text} onChange=${take} />`;
}
