import { useEffect, useState } from "preact/hooks";
import { get } from "../../../api.js";
import { Icon } from "../../../components/icon.js";
import { html } from "../../../html.js";
import { t } from "../../../words.js";

/** @type {Map<number, Promise<{brand: string|null, text: string}>>} */
const held = new Map();
/** So long a signature is not asked for again, in milliseconds. */
const FRESH = 60_000;

/** @param {number} channelId */
function signatureOf(channelId) {
  const known = held.get(channelId);
  if (known) return known;
  const asked = get(`/api/channels/${channelId}/signature`);
  held.set(channelId, asked);
  asked.catch(() => held.delete(channelId));
  setTimeout(() => held.delete(channelId), FRESH);
  return asked;
}

/** What will stand under the mail. @param {{channelId: number}} props */
export function SignatureNote({ channelId }) {
  const [signature, setSignature] = useState(/** @type {{brand: string|null, text: string}|null} */ (null));
  useEffect(() => {
    let here = true;
    signatureOf(channelId).then((found) => here && setSignature(found), () => undefined);
    return () => void (here = false);
  }, [channelId]);
  if (!signature?.text) return null;
  return html`<details class="signature-note">
    <summary><${Icon} name="signature" size=${14} /><span class="truncate">${t("signature-below", { brand: signature.brand ?? "", own: signature.brand ? "no" : "yes" })}</span></summary>
    <p class="signature-text" dir="auto">${signature.text}</p>
  </details>`;
}
