import { useEffect, useState } from "preact/hooks";
import { region } from "../../words.js";

/** 4:05, or 1:04:05, as a telephone shows it. @param {number} seconds */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (/** @type {number} */ n) => new Intl.NumberFormat(region.value, { minimumIntegerDigits: 2 }).format(n);
  const one = (/** @type {number} */ n) => new Intl.NumberFormat(region.value).format(n);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours ? `${one(hours)}:${two(minutes)}:${two(whole % 60)}` : `${one(minutes)}:${two(whole % 60)}`;
}

/** The time of day, read every second while the component is shown. */
export function useSeconds() {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
