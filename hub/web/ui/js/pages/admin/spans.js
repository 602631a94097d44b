import { Button } from "../../components/button.js";
import { html } from "../../html.js";
import { region, t } from "../../words.js";

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** @param {string} day @param {'long'|'short'} [width] */
export const dayName = (day, width = "long") =>
  // 1 January 2024 was a Monday
  new Intl.DateTimeFormat(region.value, { weekday: width, timeZone: "UTC" }).format(Date.UTC(2024, 0, 1 + DAYS.indexOf(day)));

/** The native field knows no 24:00; at the end of a span 00:00 is meant so. @param {string} clock */
export const shownEnd = (clock) => (clock === "24:00" ? "00:00" : clock);
/** @param {string} clock */
export const meantEnd = (clock) => (clock === "00:00" ? "24:00" : clock);

/** The hours of one day: none, or from one time to another, as often as needed.
 * @param {{label: string, spans: string[][], onSpans: (spans: string[][]) => void}} props */
export function Spans({ label, spans, onSpans }) {
  const change = (/** @type {number} */ at, /** @type {number} */ side, /** @type {string} */ clock) =>
    onSpans(spans.map((span, index) => (index === at ? span.map((held, which) => (which === side ? clock : held)) : span)));
  const add = () => onSpans([...spans, spans.length ? [spans[spans.length - 1][1], "18:00"] : ["09:00", "17:00"]]);
  return html`
    <div class="spans">
      ${spans.length === 0 && html`<span class="faint spans-closed">${t("hours-closed")}</span>`}
      ${spans.map(
        ([from, to], at) => html`<span key=${at} class="span">
          <input class="input" type="time" required value=${from} aria-label=${t("hours-from", { day: label })}
            onInput=${(/** @type {any} */ e) => change(at, 0, e.target.value)} />
          <span aria-hidden="true">–</span>
          <input class="input" type="time" required value=${shownEnd(to)} aria-label=${t("hours-to", { day: label })}
            onInput=${(/** @type {any} */ e) => change(at, 1, meantEnd(e.target.value))} />
          <${Button} kind="quiet" size="small" icon="x" tip=${t("hours-remove-span", { day: label })}
            onClick=${() => onSpans(spans.filter((_, index) => index !== at))} />
        </span>`,
      )}
      <${Button} kind="quiet" size="small" icon="plus" tip=${t("hours-add-span", { day: label })} onClick=${add} />
    </div>
  `;
}
