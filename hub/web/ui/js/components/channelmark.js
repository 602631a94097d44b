import { html } from "../html.js";
import { Icon } from "./icon.js";

/** Icon and hue of each kind of channel, address or entry. A kind that is not known here still has a mark. */
const KINDS = /** @type {Record<string, [icon: string, hue: string]>} */ ({
  email: ["mail", "email"],
  sms: ["message-square-text", "sms"],
  mms: ["message-square-text", "sms"],
  whatsapp: ["message-circle", "whatsapp"],
  chat: ["messages-square", "chat"],
  webchat: ["messages-square", "chat"],
  visitor: ["messages-square", "chat"],
  voice: ["phone", "voice"],
  call: ["phone", "voice"],
  phone: ["phone", "voice"],
  callback: ["phone-outgoing", "voice"],
  voicemail: ["voicemail", "voice"],
  fax: ["printer", "fax"],
  visit: ["store", "visit"],
  desk: ["store", "visit"],
  form: ["file-text", "other"],
  webform: ["file-text", "other"],
  review: ["star", "social"],
  social: ["globe", "social"],
  facebook: ["globe", "social"],
  instagram: ["globe", "social"],
  telegram: ["send", "social"],
  survey: ["star", "other"],
});

/** The mark of a kind of channel; of the kind of address behind it when the channel's own has none.
 * @param {string} kind @param {string} [behind] */
export const markOf = (kind, behind = "") => KINDS[kind] ?? KINDS[behind] ?? ["at-sign", "other"];

/** @param {{kind: string, behind?: string, size?: number, label?: string, tip?: string, boxed?: boolean}} props */
export const ChannelMark = ({ kind, behind, size = 14, label, tip, boxed }) => {
  const [icon, hue] = markOf(kind, behind);
  return html`<span class=${`channel-mark channel-${hue} ${boxed ? "boxed" : ""}`} data-tip=${tip}>
    <${Icon} name=${icon} size=${size} label=${label} /></span>`;
};
