// The visitor's language: the words of the interface, and dates and sizes as that language writes them.
const SPOKEN = ["en", "de", "es", "fr", "ar"]
const RIGHT_TO_LEFT = ["ar", "fa", "he", "ur"]

/** The first language of these that the widget speaks. @param {(string|undefined)[]} wanted */
export function choose(wanted) {
  for (const language of wanted) {
    const short = language?.toLowerCase().split("-")[0]
    if (short && SPOKEN.includes(short)) return short
  }
  return "en"
}

export class Words {
  /** @param {string} language @param {Record<string, string | Record<string, string>>} texts */
  constructor(language, texts) {
    this.language = language
    this.texts = texts
    this.dir = RIGHT_TO_LEFT.includes(language) ? "rtl" : "ltr"
    this.plurals = new Intl.PluralRules(language)
    // the clock of the visitor's own country, where it speaks this language
    const region = navigator.languages.find((one) => one.split("-")[0] === language) ?? language
    this.time = new Intl.DateTimeFormat(region, { hour: "numeric", minute: "2-digit" })
    this.full = new Intl.DateTimeFormat(region, { dateStyle: "full", timeStyle: "short" })
    this.date = new Intl.DateTimeFormat(region, { weekday: "long", day: "numeric", month: "long" })
    this.near = new Intl.RelativeTimeFormat(language, { numeric: "auto" })
  }

  /** @param {string} language */
  static async load(language) {
    const answer = await fetch(`assets/locales/${language}.json`)
    if (!answer.ok) throw new Error(`no words in ${language}`)
    return new Words(language, await answer.json())
  }

  /** @param {string} key @param {Record<string, string|number>} [values] `count` picks the plural */
  say(key, values = {}) {
    let text = this.texts[key]
    if (typeof text === "object") text = text[this.plurals.select(Number(values.count))] ?? text.other
    return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]))
  }

  /** "Today", "Yesterday", then the date. @param {Date} date */
  day(date) {
    const start = (/** @type {Date} */ one) => new Date(one.getFullYear(), one.getMonth(), one.getDate()).getTime()
    const days = Math.round((start(date) - start(new Date())) / 86_400_000)
    const text = days > -2 && days < 1 ? this.near.format(days, "day") : this.date.format(date)
    return text.charAt(0).toLocaleUpperCase(this.language) + text.slice(1)
  }

  /** @param {number} bytes */
  size(bytes) {
    const big = bytes >= 1e6
    const unit = big ? "megabyte" : "kilobyte"
    const value = big ? bytes / 1e6 : Math.max(1, bytes / 1e3)
    return new Intl.NumberFormat(this.language, { style: "unit", unit, maximumFractionDigits: big ? 1 : 0 }).format(value)
  }
}
