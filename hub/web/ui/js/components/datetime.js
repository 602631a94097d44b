import { fromWallClock, toWallClock } from "../format.js";
import { html } from "../html.js";
import { TextField } from "./field.js";

/** A date and a time by the native picker, in the time zone that is shown, given and taken as an RFC 3339 instant.
 * @param {{label: string, help?: string, error?: string, value: string|null, onValue: (value: string|null) => void, min?: string}} props */
export function DateTime({ label, help, error, value, onValue, min }) {
  const local = (/** @type {string|null|undefined} */ at) => (at ? toWallClock(new Date(at).getTime()) : "");
  return html`<${TextField} type="datetime-local" label=${label} help=${help} error=${error} value=${local(value)} min=${local(min)}
    onValue=${(/** @type {string} */ next) => onValue(next ? new Date(fromWallClock(next)).toISOString() : null)} />`;
}
