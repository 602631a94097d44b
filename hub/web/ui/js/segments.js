/**
 * How a text message is cut for the network, and paid for. Pure.
 *
 * In the GSM alphabet (GSM 03.38) a message holds 160 characters, or 153 in each of several; those of its extension
 * table count two. One character outside of it makes the whole text UCS-2: 70, or 67 in each of several. What counts
 * two is never cut in half.
 */

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENDED = new Set("\f^{}\\[~]|€");
const SIZES = { gsm: { alone: 160, joined: 153 }, ucs2: { alone: 70, joined: 67 } };

/** What a word processor or a phone puts in for a plain character. @type {Record<string, string>} */
const PLAIN = {
  "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "′": "'", "`": "'", "´": "'",
  "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
  "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "•": "-",
  "…": "...", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": "", "\ufeff": "", "\t": " ",
};

/** @typedef {{encoding: 'gsm'|'ucs2', units: number, segments: number, room: number, strange: string[]}} Measure
 * units: characters as the network counts them; room: those that fit into the segments so far; strange: what is not in
 * the GSM alphabet, each once */

/** @param {string} text @returns {Measure} */
export function measure(text) {
  const strange = [...new Set(text)].filter((it) => !BASIC.has(it) && !EXTENDED.has(it));
  const encoding = strange.length ? "ucs2" : "gsm";
  const weigh = (/** @type {string} */ it) => (encoding === "ucs2" ? it.length : EXTENDED.has(it) ? 2 : 1);
  const { alone, joined } = SIZES[encoding];
  let units = 0;
  let segments = 0;
  let left = 0;
  for (const it of text) {
    const weight = weigh(it);
    units += weight;
    if (weight > left) {
      segments += 1;
      left = joined;
    }
    left -= weight;
  }
  if (units <= alone) return { encoding, units, segments: units ? 1 : 0, room: alone, strange };
  return { encoding, units, segments, room: units + left, strange };
}

/** The same text with plain characters in the place of those that only look finer. @param {string} text */
export const plainer = (text) => [...text].map((it) => (BASIC.has(it) ? it : (PLAIN[it] ?? it))).join("");
