import { t } from "../../words.js";

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
