import { FluentBundle, FluentResource } from "@fluent/bundle";
import { computed, signal } from "@preact/signals";

export const LOCALES = ["en", "es", "de", "fr", "ar"];
/** Languages that are written from right to left. */
const RIGHT_TO_LEFT = new Set(["ar"]);

const words = signal(/** @type {FluentBundle|null} */ (null));
export const locale = signal("en");
/** The same language as this device writes it, for dates and numbers: en-GB has no AM. */
export const region = computed(() => navigator.languages.find((it) => nearest(it) === locale.value && it.toLowerCase().startsWith(locale.value)) ?? locale.value);

/** The language that we have words for. @param {string} wanted */
export function nearest(wanted) {
  const base = wanted.toLowerCase().split("-")[0];
  return LOCALES.includes(base) ? base : "en";
}

let latest = "";
/** @type {Map<string, Promise<FluentBundle>>} */
const held = new Map();

/** @param {string} lang @returns {Promise<FluentBundle>} */
function bundleOf(lang) {
  const known = held.get(lang) ?? readBundle(lang);
  held.set(lang, known);
  return known;
}

/** @param {string} lang */
async function readBundle(lang) {
  // a name in Latin letters inside Arabic words keeps its own order
  const bundle = new FluentBundle(lang, { useIsolating: RIGHT_TO_LEFT.has(lang) });
  const answer = await fetch(`/ui/static/locales/${lang}.ftl`);
  if (answer.ok) bundle.addResource(new FluentResource(await answer.text()));
  return bundle;
}

/** Load the words of the wanted language. All languages have the same words: English is fetched only where it is wanted.
 * @param {string} wanted */
export async function loadWords(wanted) {
  const lang = nearest(wanted);
  latest = lang;
  if (words.peek() && locale.peek() === lang) return;
  const found = await bundleOf(lang);
  if (latest !== lang) return; // two may be on their way, the device's and the agent's own: the one asked for last counts
  words.value = found;
  locale.value = lang;
  document.documentElement.lang = lang;
  document.documentElement.dir = RIGHT_TO_LEFT.has(lang) ? "rtl" : "ltr";
}

/** The words for a message id, in the reader's language. An unknown id shows itself, so that it is seen and mended.
 * @param {string} id
 * @param {Record<string, any>} [args] */
export function t(id, args) {
  const message = words.value?.getMessage(id);
  return message?.value ? /** @type {FluentBundle} */ (words.peek()).formatPattern(message.value, args) : id;
}

/** Whether a message id has words: for codes that the server may add later.
 * @param {string} id */
export const hasWords = (id) => words.value?.hasMessage(id) ?? false;
