import { useState } from "preact/hooks";
import { Button } from "../../components/button.js";
import { TextField } from "../../components/field.js";
import { Menu } from "../../components/menu.js";
import { html } from "../../html.js";
import { locale, LOCALES, t } from "../../words.js";

/** @typedef {Record<string, Record<string, string>>} Scripts */

const WORDS = "{name}, {queue}, {reason}, {number}, {wait}, {code}, {link}";
/** Languages that callers are likely to speak; another one is taken from the queue's own. */
const USUAL = [...LOCALES, "fr", "es", "it", "pt", "nl", "pl", "tr", "ar", "ru", "uk"];

/** @param {string} code */
export function languageWords(code) {
  try {
    return new Intl.DisplayNames(locale.value, { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** Languages to choose from, by their names; those of a queue are always among them. @param {string[]} own */
export const languagesWith = (...own) =>
  [...new Set([...USUAL, ...own])].map((it) => ({ value: it, label: languageWords(it) })).sort((a, b) => a.label.localeCompare(b.label, locale.value));

/** What is said, in each language. @param {{scripts: Scripts, defaults: Scripts, main: string, wrong: (field: string) => string|undefined, onScripts: (scripts: Scripts) => void}} props */
export function QueueScripts({ scripts, defaults, main, wrong, onScripts }) {
  const languages = [...new Set([main, ...Object.keys(scripts)])].filter(Boolean);
  const [chosen, setChosen] = useState(main);
  const language = languages.includes(chosen) ? chosen : (languages[0] ?? "en");
  const said = scripts[language] ?? {};
  const usual = defaults[language.split("-")[0]] ?? defaults.en ?? {};
  const add = USUAL.filter((it) => !languages.includes(it)).map((it) => ({ label: languageWords(it), onSelect: () => (onScripts({ ...scripts, [it]: {} }), setChosen(it)) }));
  const drop = () => {
    const { [language]: _gone, ...rest } = scripts;
    onScripts(rest);
  };
  return html`
    <fieldset class="form-group queue-scripts"><legend>${t("queue-scripts")}</legend>
      <p class="muted small">${t("queue-scripts-text", { words: WORDS })}</p>
      <div class="script-languages">
        <div class="segments" role="group" aria-label=${t("queue-script-language")}>
          ${languages.map((it) => html`<button key=${it} type="button" class="segment" aria-pressed=${String(it === language)}
            onClick=${() => setChosen(it)}>${languageWords(it)}</button>`)}</div>
        <${Menu} label=${t("queue-script-add")} items=${add} trigger=${(/** @type {any} */ attributes) => html`<${Button} ...${attributes}
          size="small" kind="quiet" icon="plus">${t("queue-script-add")}<//>`} />
        ${language !== main && html`<${Button} size="small" kind="quiet" icon="trash-2" tip=${t("queue-script-remove", { language: languageWords(language) })}
          onClick=${drop} />`}
      </div>
      ${Object.keys(usual).map((field) => html`<${TextField} key=${`${language}-${field}`} label=${t(`script-${field}`)} multiline rows="2" dir="auto"
        maxlength="600" lang=${language} value=${said[field] ?? ""} placeholder=${usual[field]} error=${wrong(`scripts.${language}.${field}`)}
        onValue=${(/** @type {string} */ text) => onScripts({ ...scripts, [language]: { ...said, [field]: text } })} />`)}
    </fieldset>
  `;
}
