import { Icon } from "../../../components/icon.js";
import { number } from "../../../format.js";
import { html } from "../../../html.js";
import { t } from "../../../words.js";

/** @typedef {import("../../../types.js").Destination} Destination */
/** @typedef {import("../../../types.js").Attachment} Attachment */

/** How many messages it goes out as: some channels carry one file in each, and text beside few kinds of them.
 * @param {string} text @param {Attachment[]} files @param {Destination["limits"]|undefined} limits */
export function messagesOf(text, files, limits) {
  if (!files.length || !limits) return 1;
  const most = limits.max_files || files.length;
  const beside = (/** @type {Attachment} */ it) => !limits.captioned || limits.captioned.includes(it.content_type.split(";")[0].trim().toLowerCase());
  const alone = text.trim() !== "" && !files.slice(0, most).every(beside);
  return Math.ceil(files.length / most) + (alone ? 1 : 0);
}

/** Says so before it is sent. @param {{text: string, files: Attachment[], limits: Destination["limits"]|undefined}} props */
export function PartsHint({ text, files, limits }) {
  const count = messagesOf(text, files, limits);
  if (count === 1) return null;
  return html`<p class="text-hint shown" role="status"><${Icon} name="info" size=${14} />
    <span>${t("parts-hint", { count: number(count) })}</span></p>`;
}
