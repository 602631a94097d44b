import { computed, signal } from "@preact/signals";
import { now } from "../format.js";

/**
 * How this device calls its agent: by a notification of the system, by a sound, and when by neither.
 * @typedef {{desktop: boolean, sound: boolean, quiet: boolean, from: string, until: string}} Alerts
 */

const KEY = "alerts";
/** @type {Alerts} */
const USUAL = { desktop: false, sound: true, quiet: false, from: "18:00", until: "08:00" };

/** @returns {Alerts} */
function read() {
  try {
    return { ...USUAL, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return USUAL;
  }
}

export const alerts = signal(read());
addEventListener("storage", (event) => event.key === KEY && (alerts.value = read()));

/** @param {Partial<Alerts>} changes */
export function changeAlerts(changes) {
  alerts.value = { ...alerts.peek(), ...changes };
  localStorage.setItem(KEY, JSON.stringify(alerts.peek()));
}

/** Whether the quiet hours last at a minute of the day; they may go over midnight, and from a time to the same time never end.
 * @param {Alerts} it @param {string} at such as 09:05 */
export const isQuietAt = (it, at) => it.quiet && (it.from < it.until ? it.from <= at && at < it.until : at >= it.from || at < it.until);

/** By the clock of this device: it lies where its agent is. */
export const quietNow = computed(() => isQuietAt(alerts.value, new Date(now.value).toTimeString().slice(0, 5)));

/** Ask the system for leave to notify. @returns {Promise<boolean>} */
export const askLeave = async () => "Notification" in window && (await Notification.requestPermission()) === "granted";
export const hasLeave = () => "Notification" in window && Notification.permission === "granted";
