import { t } from "../../words.js";
import { stateWords } from "./callbacklooks.js";

/** How a call looks: its drawing, and whether it went wrong.
 * @param {{direction: 'in'|'out', state: string}} call @returns {[icon: string, tone: 'quiet'|'live'|'danger']} */
export function lookOf({ direction, state }) {
  if (state === "missed") return [direction === "in" ? "phone-missed" : "phone-off", "danger"];
  if (state === "voicemail") return ["voicemail", "quiet"];
  const live = state !== "ended";
  if (state === "talking") return ["phone-call", "live"];
  return [direction === "in" ? "phone-incoming" : "phone-outgoing", live ? "live" : "quiet"];
}

/** "Incoming call", "Missed call", "Call: ringing". @param {{direction: 'in'|'out', state: string}} call */
export const callWords = ({ direction, state }) => t(`call-${state}`, { direction });

/** What a list says of a conversation: of a call or a callback in the reader's language.
 * @param {import("../../types.js").Conversation} conversation */
export function previewWords({ preview, preview_of: of }) {
  if (!of || of.text !== preview) return preview;
  const words = of.kind === "call" ? callWords({ direction: of.direction, state: of.state }) : `${t("kind-callback")}: ${stateWords(of.state)}`;
  return of.words ? `${words} · ${of.words}` : words;
}
