import { Icon } from "../../../components/icon.js";
import { full, now, span } from "../../../format.js";
import { html } from "../../../html.js";
import { t } from "../../../words.js";

/** @typedef {import("../../../types.js").Destination} Destination */

/** From here on the countdown is a warning, in milliseconds. */
const SOON = 2 * 3_600_000;

/** Whether free text may be sent there now, by the clock of this moment. @param {Destination|null} destination */
export function windowIsOpen(destination) {
  const window = destination?.window;
  if (!window) return true;
  return window.open && (window.closes_at === null || Date.parse(window.closes_at) > now.value);
}

/** How long free text may still be sent. @param {{destination: Destination}} props */
export function WindowLeft({ destination }) {
  const closes = destination.window?.closes_at;
  if (!closes || !windowIsOpen(destination)) return null;
  const left = Date.parse(closes) - now.value;
  return html`<span class=${`counter ${left < SOON ? "warning" : ""}`} data-tip=${t("window-until", { when: full(closes) })}>
    <${Icon} name="timer" size=${14} />${t("window-left", { time: span(left) })}</span>`;
}
