import { Icon } from "../../../components/icon.js";
import { number } from "../../../format.js";
import { html } from "../../../html.js";
import { measure, plainer } from "../../../segments.js";
import { t } from "../../../words.js";

/** How much of a text message is written: characters of those that fit, and segments, which are what is paid.
 * @param {{text: string}} props */
export function TextMeter({ text }) {
  const { units, room, segments } = measure(text);
  return html`<span class="counter number"><span data-tip=${t("text-room-tip")}>${t("text-room", { used: number(units), room: number(room) })}</span>
    ${segments > 0 && html` · <span class=${segments > 1 ? "strong" : ""} data-tip=${t("text-segments-tip")}>
      ${t("text-segments", { n: segments, count: number(segments) })}</span>`}</span>`;
}

/** Why the text needs more segments than its length says, and the way out where there is one.
 * @param {{text: string, onText: (text: string) => void}} props */
export function TextHint({ text, onText }) {
  const { encoding, strange } = measure(text);
  if (encoding === "gsm") return html`<p class="text-hint" role="status"></p>`;
  const plain = plainer(text);
  const shown = strange.slice(0, 4).map(spelled).join(" ");
  return html`<p class="text-hint shown" role="status"><${Icon} name="info" size=${14} />
    <span>${t("text-unicode", { n: strange.length, characters: strange.length > 4 ? `${shown} …` : shown })}</span>
    ${measure(plain).encoding === "gsm" && html`<button type="button" class="entry-tool" onClick=${() => onText(plain)}>
      ${t("text-plain")}</button>`}</p>`;
}

/** A character that can be seen as it is; one that cannot, by its number. @param {string} it */
const spelled = (it) => (/[\p{Z}\p{C}]/u.test(it) ? `U+${/** @type {number} */ (it.codePointAt(0)).toString(16).toUpperCase().padStart(4, "0")}` : it);
