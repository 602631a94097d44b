import { FluentBundle, FluentResource } from "@fluent/bundle";
import { computed, signal } from "@preact/signals";

export const LOCALES = ["en", "es", "de", "fr", "ar"];
/** Languages that are written from right to left. */
const RIGHT_TO_LEFT = new Set(["ar"]);

/** @type {import("@preact/signals").Signal<FluentBundle[]>} */
const bundles = signal([]);
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

/** Load the words of the wanted language, with English behind it.
 * @param {string} wanted */
export async function loadWords(wanted) {
  const lang = nearest(wanted);
  latest = lang;
  if (bundles.peek().length > 0 && locale.peek() === lang) return;
  const found = await Promise.all(lang === "en" ? [bundleOf("en")] : [bundleOf(lang), bundleOf("en")]);
  if (latest !== lang) return; // two may be on their way, the device's and the agent's own: the one asked for last counts
  bundles.value = found;
  locale.value = lang;
  document.documentElement.lang = lang;
  document.documentElement.dir = RIGHT_TO_LEFT.has(lang) ? "rtl" : "ltr";
}

/** The words for a message id, in the reader's language. An unknown id shows itself, so that it is seen and mended.
 * @param {string} id
 * @param {Record<string, any>} [args] */
export function t(id, args) {
  for (const bundle of bundles.value) {
    const message = bundle.getMessage(id);
    if (message?.value) return bundle.formatPattern(message.value, args);
  }
  return id;
}

/** Whether a message id has words: for codes that the server may add later.
 * @param {string} id */
export const hasWords = (id) => bundles.value.some((bundle) => bundle.hasMessage(id));
