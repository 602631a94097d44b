import { TextField } from "../../components/field.js";
import { Select } from "../../components/select.js";
import { html } from "../../html.js";
import { region as locale, t } from "../../words.js";

/** A time that begins when somebody uses it: in hours, in days, or on the next such day of the week (1: Monday).
 * @typedef {{unit: 'hours'|'days'|'weekday', number: number, at: string}} LaterTime */

/** @type {LaterTime} */
export const TOMORROW = { unit: "days", number: 1, at: "09:00" };
const UNITS = /** @type {const} */ (["hours", "days", "weekday"]);
/** 2024 began on a Monday. @param {number} day */
const dayName = (day) => new Intl.DateTimeFormat(locale.value, { weekday: "long", timeZone: "UTC" }).format(Date.UTC(2024, 0, day));

/** In few words. @param {LaterTime} it */
export const laterWords = (it) => t(`later-in-${it.unit}`, { n: it.number, day: dayName(it.number), at: it.at });

/** @param {{label: string, value: LaterTime, onValue: (value: LaterTime) => void}} props */
export function LaterFields({ label, value, onValue }) {
  const { unit, number, at } = value;
  const set = (/** @type {Partial<LaterTime>} */ change) => onValue({ ...value, ...change });
  return html`<div class="form-pair later-fields">
    <${Select} label=${label} value=${unit} options=${UNITS.map((it) => ({ value: it, label: t(`later-${it}`) }))}
      onValue=${(/** @type {LaterTime["unit"]} */ it) => set({ unit: it, number: it === "weekday" ? 1 : Math.max(1, number) })} />
    ${unit === "weekday"
      ? html`<${Select} label=${t("later-day")} value=${number} options=${[1, 2, 3, 4, 5, 6, 7].map((it) => ({ value: it, label: dayName(it) }))} onValue=${(/** @type {number} */ it) => set({ number: it })} />`
      : html`<${TextField} type="number" min="1" max="365" required label=${t("later-number")} value=${String(number)}
        onValue=${(/** @type {string} */ it) => set({ number: Math.min(365, Math.max(1, Math.trunc(Number(it)) || 1)) })} />`}
    ${unit !== "hours" && html`<${TextField} type="time" required label=${t("later-at")} value=${at} onValue=${(/** @type {string} */ it) => it && set({ at: it })} />`}
  </div>`;
}
