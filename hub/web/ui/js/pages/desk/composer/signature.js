import { useEffect, useState } from "preact/hooks";
import { get } from "../../../api.js";
import { Icon } from "../../../components/icon.js";
import { html } from "../../../html.js";
import { definitionsStirred } from "../../../state/definitions.js";
import { t } from "../../../words.js";

/** @typedef {{brand: string|null, text: string}} Signature */
/** @type {Map<number, {read: Promise<Signature>, as: number}>} */
const held = new Map();

/** A brand may have another one, and so may I: then it is asked for again. @param {number} channelId @param {number} as @returns {Promise<Signature>} */
function signatureOf(channelId, as) {
  const known = held.get(channelId);
  if (known?.as === as) return known.read;
  const read = get(`/api/channels/${channelId}/signature`);
  held.set(channelId, { read, as });
  read.catch(() => held.delete(channelId));
  return read;
}

/** What will stand under the mail. @param {{channelId: number}} props */
export function SignatureNote({ channelId }) {
  const [signature, setSignature] = useState(/** @type {Signature|null} */ (null));
  const stirred = definitionsStirred.value;
  useEffect(() => {
    let here = true;
    signatureOf(channelId, stirred).then((found) => here && setSignature(found), () => undefined);
    return () => void (here = false);
  }, [channelId, stirred]);
  if (!signature?.text) return null;
  return html`<details class="signature-note">
    <summary><${Icon} name="signature" size=${14} /><span class="truncate">${t("signature-below", { brand: signature.brand ?? "", own: signature.brand ? "no" : "yes" })}</span></summary>
    <p class="signature-text" dir="auto">${signature.text}</p>
  </details>`;
}
