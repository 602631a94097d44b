import { fromWallClock, toWallClock } from "../../format.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** When work begins again, on the clock. */
const MORNING = "09:00";

/** @param {number} ms @param {number} days @param {string} clock */
const onDay = (ms, days, clock) => {
  const [day] = new Date(Date.parse(`${toWallClock(ms).slice(0, 10)}T00:00Z`) + days * DAY).toISOString().split("T");
  return fromWallClock(`${day}T${clock}`);
};

/** The usual moments to come back, in the time zone that is shown. Later today is three hours on, at a full hour; there is
 * none when that would be tomorrow. Next week is its Monday, unless that is tomorrow.
 * @param {number} now @returns {{id: 'later'|'tomorrow'|'week', icon: string, at: number}[]} */
export function snoozeTimes(now) {
  const later = Math.ceil((now + 3 * HOUR) / HOUR) * HOUR;
  const weekday = new Date(`${toWallClock(now)}Z`).getUTCDay();
  const choices = [
    { id: /** @type {const} */ ("later"), icon: "clock", at: later },
    { id: /** @type {const} */ ("tomorrow"), icon: "sunrise", at: onDay(now, 1, MORNING) },
    { id: /** @type {const} */ ("week"), icon: "calendar-days", at: onDay(now, (8 - weekday) % 7 || 7, MORNING) },
  ];
  const isToday = toWallClock(later).slice(0, 10) === toWallClock(now).slice(0, 10);
  return choices.filter((it) => (it.id === "later" ? isToday : it.id === "tomorrow" || it.at !== choices[1].at));
}
