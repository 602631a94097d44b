import { computed, signal } from "@preact/signals";
import { region as locale } from "./words.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Ticks every half minute, so that "2 min ago" stays true without anyone asking. */
export const now = signal(Date.now());
setInterval(() => (now.value = Date.now()), MINUTE / 2);

const formats = computed(() => ({
  time: new Intl.DateTimeFormat(locale.value, { hour: "numeric", minute: "2-digit" }),
  day: new Intl.DateTimeFormat(locale.value, { weekday: "long", day: "numeric", month: "long" }),
  dayYear: new Intl.DateTimeFormat(locale.value, { weekday: "short", day: "numeric", month: "long", year: "numeric" }),
  date: new Intl.DateTimeFormat(locale.value, { day: "numeric", month: "short" }),
  dateYear: new Intl.DateTimeFormat(locale.value, { day: "numeric", month: "short", year: "numeric" }),
  weekday: new Intl.DateTimeFormat(locale.value, { weekday: "short" }),
  full: new Intl.DateTimeFormat(locale.value, { dateStyle: "full", timeStyle: "medium" }),
  relative: new Intl.RelativeTimeFormat(locale.value, { numeric: "auto", style: "short" }),
  number: new Intl.NumberFormat(locale.value),
  list: new Intl.ListFormat(locale.value, { type: "conjunction" }),
}));

const startOfDay = (/** @type {number} */ ms) => new Date(ms).setHours(0, 0, 0, 0);

/** @param {string|number|Date} at */
export const time = (at) => formats.value.time.format(new Date(at));
/** @param {string|number|Date} at */
export const full = (at) => formats.value.full.format(new Date(at));
/** @param {number} n */
export const number = (n) => formats.value.number.format(n);
/** @param {string[]} items */
export const list = (items) => formats.value.list.format(items);

/** Short for a list: 14:05, then Mon, then 3 Nov, then 3 Nov 2024.
 * @param {string} at */
export function short(at) {
  const then = new Date(at).getTime();
  const days = Math.round((startOfDay(now.value) - startOfDay(then)) / DAY);
  if (days <= 0) return formats.value.time.format(then);
  if (days < 6) return formats.value.weekday.format(then);
  const sameYear = new Date(then).getFullYear() === new Date(now.value).getFullYear();
  return (sameYear ? formats.value.date : formats.value.dateYear).format(then);
}

/** A day in few words: 3 Nov, or 3 Nov 2024. @param {string} at */
export function date(at) {
  const sameYear = new Date(at).getFullYear() === new Date(now.value).getFullYear();
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
  const days = Math.round((startOfDay(now.value) - startOfDay(then)) / DAY);
  if (days === 0 || days === 1) {
    const words = new Intl.RelativeTimeFormat(locale.value, { numeric: "auto" }).format(-days, "day");
    return words.charAt(0).toLocaleUpperCase(locale.value) + words.slice(1);
  }
  const sameYear = new Date(then).getFullYear() === new Date(now.value).getFullYear();
  return (sameYear ? formats.value.day : formats.value.dayYear).format(then);
}

/** @param {string} a @param {string} b */
export const sameDay = (a, b) => startOfDay(new Date(a).getTime()) === startOfDay(new Date(b).getTime());
/** Whole days between two moments.
 * @param {string} a @param {string} b */
export const daysBetween = (a, b) => Math.abs(startOfDay(new Date(b).getTime()) - startOfDay(new Date(a).getTime())) / DAY;

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
