import { computed, signal } from "@preact/signals";
import { region as locale } from "./words.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Ticks every half minute, so that "2 min ago" stays true without anyone asking. */
export const now = signal(Date.now());
setInterval(() => (now.value = Date.now()), MINUTE / 2);

/** The time zone that times are shown in, where an agent has chosen one; null: this device's.
 * @type {import("@preact/signals").Signal<string|null>} */
export const zone = signal(localStorage.getItem("zone"));

/** @param {string|null} chosen */
export function chooseZone(chosen) {
  if (chosen) localStorage.setItem("zone", chosen);
  else localStorage.removeItem("zone");
  zone.value = chosen;
}

/** @param {Intl.DateTimeFormatOptions} options */
const dateFormat = (options) => new Intl.DateTimeFormat(locale.value, { ...options, timeZone: zone.value ?? undefined });

const formats = computed(() => ({
  time: dateFormat({ hour: "numeric", minute: "2-digit" }),
  day: dateFormat({ weekday: "long", day: "numeric", month: "long" }),
  dayYear: dateFormat({ weekday: "short", day: "numeric", month: "long", year: "numeric" }),
  date: dateFormat({ day: "numeric", month: "short" }),
  dateYear: dateFormat({ day: "numeric", month: "short", year: "numeric" }),
  weekday: dateFormat({ weekday: "short" }),
  full: dateFormat({ dateStyle: "full", timeStyle: "medium" }),
  relative: new Intl.RelativeTimeFormat(locale.value, { numeric: "auto", style: "short" }),
  number: new Intl.NumberFormat(locale.value),
  list: new Intl.ListFormat(locale.value, { type: "conjunction" }),
  either: new Intl.ListFormat(locale.value, { type: "disjunction" }),
}));

const offsetFormat = computed(() => new Intl.DateTimeFormat("en-US", { timeZone: zone.value ?? undefined, timeZoneName: "longOffset" }));
/** Offsets of the chosen zone by the hour: a long timeline asks for the same ones again and again.
 * @type {import("@preact/signals").ReadonlySignal<Map<number, number>>} */
const offsets = computed(() => (void zone.value, new Map()));

/** How far the shown zone is ahead of UTC then, in ms. @param {number} ms */
function offsetAt(ms) {
  if (!zone.value) return -new Date(ms).getTimezoneOffset() * MINUTE;
  const hour = Math.floor(ms / HOUR);
  const known = offsets.value.get(hour);
  if (known !== undefined) return known;
  const name = offsetFormat.value.formatToParts(ms).find((part) => part.type === "timeZoneName")?.value ?? "";
  const [, sign, hours, minutes] = /([+-])(\d+):(\d+)/.exec(name) ?? ["", "+", "0", "0"];
  const offset = (sign === "-" ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * MINUTE);
  offsets.value.set(hour, offset);
  return offset;
}

/** The number of the day in the shown zone. @param {number} ms */
const dayOf = (ms) => Math.floor((ms + offsetAt(ms)) / DAY);
/** @param {number} ms */
const yearOf = (ms) => new Date(ms + offsetAt(ms)).getUTCFullYear();

/** A moment as a field for date and time writes it, in the shown zone: 2026-11-03T14:05. @param {number} ms */
export const toWallClock = (ms) => new Date(ms + offsetAt(ms)).toISOString().slice(0, 16);

/** The moment that such a field means. Where a clock was put back the earlier one counts. @param {string} text */
export function fromWallClock(text) {
  const wall = Date.parse(`${text}Z`);
  return wall - offsetAt(wall - offsetAt(wall));
}

/** @param {string|number|Date} at */
export const time = (at) => formats.value.time.format(new Date(at));
/** @param {string|number|Date} at */
export const full = (at) => formats.value.full.format(new Date(at));
/** @param {number} n */
export const number = (n) => formats.value.number.format(n);
/** @param {string[]} items @param {'conjunction'|'disjunction'} [type] and, or */
export const list = (items, type = "conjunction") => (type === "conjunction" ? formats.value.list : formats.value.either).format(items);

/** Short for a list: 14:05, then Mon, then 3 Nov, then 3 Nov 2024.
 * @param {string} at */
export function short(at) {
  const then = new Date(at).getTime();
  const days = dayOf(now.value) - dayOf(then);
  if (days <= 0) return formats.value.time.format(then);
  if (days < 6) return formats.value.weekday.format(then);
  const sameYear = yearOf(then) === yearOf(now.value);
  return (sameYear ? formats.value.date : formats.value.dateYear).format(then);
}

/** A moment to come, in few words: 14:00 today, Mon 09:00 within a week, or 3 Nov 09:00. @param {number} ms */
export function shortMoment(ms) {
  const days = dayOf(ms) - dayOf(now.value);
  const clock = formats.value.time.format(ms);
  if (days === 0) return clock;
  return `${(days > 0 && days < 7 ? formats.value.weekday : yearOf(ms) === yearOf(now.value) ? formats.value.date : formats.value.dateYear).format(ms)} ${clock}`;
}

/** A day in few words: 3 Nov, or 3 Nov 2024. @param {string} at */
export function date(at) {
  const sameYear = yearOf(new Date(at).getTime()) === yearOf(now.value);
  return (sameYear ? formats.value.date : formats.value.dateYear).format(new Date(at));
}

/** "5 min ago", "yesterday", "3 wk ago".
 * @param {string} at */
export function ago(at) {
  const difference = new Date(at).getTime() - now.value;
  const size = Math.abs(difference);
  const { relative } = formats.value;
  if (size < MINUTE) return relative.format(0, "second");
  if (size < HOUR) return relative.format(Math.round(difference / MINUTE), "minute");
  if (size < DAY) return relative.format(Math.round(difference / HOUR), "hour");
  if (size < 30 * DAY) return relative.format(Math.round(difference / DAY), "day");
  return short(at);
}

/** A length of time in the two largest units that matter: 45 min, 3 h 20 min, 6 d.
 * @param {number} ms */
export function span(ms) {
  const minutes = Math.max(0, Math.round(ms / MINUTE));
  const unit = (/** @type {number} */ n, /** @type {string} */ name) =>
    new Intl.NumberFormat(locale.value, { style: "unit", unit: name, unitDisplay: "narrow" }).format(n);
  if (minutes < 60) return unit(minutes, "minute");
  if (minutes < 24 * 60) {
    const rest = minutes % 60;
    return rest && minutes < 10 * 60 ? `${unit(Math.floor(minutes / 60), "hour")} ${unit(rest, "minute")}` : unit(Math.round(minutes / 60), "hour");
  }
  return unit(Math.round(minutes / 1440), "day");
}

/** A heading for a day: Today, Yesterday, Monday 3 November, with the year when it is not this one.
 * @param {string} at */
export function day(at) {
  const then = new Date(at).getTime();
  const days = dayOf(now.value) - dayOf(then);
  if (days === 0 || days === 1) {
    const words = new Intl.RelativeTimeFormat(locale.value, { numeric: "auto" }).format(-days, "day");
    return words.charAt(0).toLocaleUpperCase(locale.value) + words.slice(1);
  }
  const sameYear = yearOf(then) === yearOf(now.value);
  return (sameYear ? formats.value.day : formats.value.dayYear).format(then);
}

/** @param {string} a @param {string} b */
export const sameDay = (a, b) => dayOf(new Date(a).getTime()) === dayOf(new Date(b).getTime());
/** Whole days between two moments.
 * @param {string} a @param {string} b */
export const daysBetween = (a, b) => Math.abs(dayOf(new Date(b).getTime()) - dayOf(new Date(a).getTime()));

/** @param {number} bytes */
export function size(bytes) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  let n = bytes;
  let step = 0;
  while (n >= 1000 && step < units.length - 1) {
    n /= 1000;
    step += 1;
  }
  return new Intl.NumberFormat(locale.value, { style: "unit", unit: units[step], unitDisplay: step ? "short" : "long", maximumFractionDigits: n < 10 && step > 1 ? 1 : 0 }).format(n);
}

/** Two letters for a name or an address; a telephone number has none.
 * @param {string} name */
export function initials(name) {
  if (/^\+[\d\s().\/-]+$/.test(name)) return "#";
  const parts = name.replace(/[<@].*$/, "").split(/[\s._-]+/).filter(Boolean);
  const letters = parts.length > 1 ? [parts[0], parts[parts.length - 1]] : [parts[0] ?? "?"];
  return letters.map((part) => [...part][0]).join("").toLocaleUpperCase();
}
