import { useEffect, useState } from "preact/hooks";
import { get } from "../../../api.js";
import { Badge } from "../../../components/badge.js";
import { Button } from "../../../components/button.js";
import { TextField } from "../../../components/field.js";
import { Icon } from "../../../components/icon.js";
import { Menu } from "../../../components/menu.js";
import { html } from "../../../html.js";
import { locale, t } from "../../../words.js";

/** @typedef {import("../../../types.js").Template} Template */
/** @typedef {import("../../../types.js").ChosenTemplate} Chosen */

/** The channel's templates, once they are wanted. @param {number|null} channelId */
export function useTemplates(channelId) {
  const [templates, setTemplates] = useState(/** @type {Template[]|null} */ (null));
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    setTemplates(null);
    setProblem(null);
    if (channelId === null) return undefined;
    const stop = new AbortController();
    get(`/api/channels/${channelId}/templates`, stop.signal)
      .then(({ items }) => setTemplates(items))
      .catch((failure) => stop.signal.aborted || setProblem(failure));
    return () => stop.abort();
  }, [channelId, turn]);
  return { templates, problem, reload: () => setTurn(turn + 1) };
}

/** Its words with the variables in their places; a place without words stays to be seen.
 * @param {Template} template @param {Record<string, string>} variables */
export const filled = (template, variables) => template.body.replaceAll(/\{\{\s*([\w.-]+)\s*\}\}/g, (place, name) => variables[name]?.trim() || place);

/** @param {Template} template @param {Record<string, string>} variables */
export const isFilled = (template, variables) => Object.keys(template.variables).every((name) => variables[name]?.trim());

/** "English", or the code that the provider gives. @param {string} code */
function languageName(code) {
  try {
    return new Intl.DisplayNames(locale.value, { type: "language" }).of(code.replace("_", "-")) ?? code;
  } catch {
    return code;
  }
}

/**
 * A template chosen, filled and shown as it will arrive. `approvedOnly`: the others cannot be sent now.
 * @param {{approvedOnly: boolean, held: ReturnType<typeof useTemplates>, chosen: Chosen, onChoose: (chosen: Chosen) => void}} props
 */
export function TemplateForm({ approvedOnly, held, chosen, onChoose }) {
  const { templates, problem, reload } = held;
  const template = templates?.find((it) => it.id === chosen.id);
  const items = (templates ?? []).map((it) => ({
    label: it.name,
    text: `${it.name} ${it.body}`,
    detail: `${it.approved ? languageName(it.language) : t("template-unapproved")} · ${it.body.slice(0, 80)}`,
    checked: it.id === chosen.id,
    disabled: approvedOnly && !it.approved,
    onSelect: () => onChoose({ id: it.id, variables: kept(it, chosen.variables) }),
  }));
  const set = (/** @type {string} */ name) => (/** @type {string} */ value) => onChoose({ ...chosen, variables: { ...chosen.variables, [name]: value } });
  if (problem)
    return html`<p class="template-line"><span class="danger-text"><${Icon} name="circle-alert" size=${14} />
      ${problem.message || t("templates-failed")}</span><button type="button" class="entry-tool" onClick=${reload}>${t("try-again")}</button></p>`;
  if (!templates) return html`<p class="template-line"><span class="skeleton-inline"></span></p>`;
  return html`
    <div class="template">
      <${Menu} label=${t("template-choose")} items=${items} side="above" filter=${t("template-find")} empty=${t("templates-empty")}
        class="templates" trigger=${(/** @type {any} */ attributes) => html`<${Button} ...${attributes} icon="layout-template"
        iconEnd="chevron-down">${template ? template.name : t("template-choose")}<//>`} />
      ${template && html`
        ${Object.keys(template.variables).length > 0 && html`<div class="template-fields">
          ${Object.entries(template.variables).map(([name, example]) => html`<${TextField} key=${name} label=${t("template-variable", { name })}
            value=${chosen.variables[name] ?? ""} placeholder=${example} required onValue=${set(name)} autocomplete="off" />`)}</div>`}
        <figure class="template-preview">
          <figcaption>${t("template-preview")} <${Badge}>${languageName(template.language)}<//></figcaption>
          <div class="entry-text" dir="auto">${marked(filled(template, chosen.variables))}</div>
          ${template.quick_replies.length > 0 && html`<ul class="quick-replies" aria-label=${t("quick-replies")}>
            ${template.quick_replies.map((it) => html`<li key=${it}><${Icon} name="reply" size=${12} />${it}</li>`)}</ul>`}
        </figure>`}
    </div>
  `;
}

/** What is still to be filled in stands out. @param {string} text */
const marked = (text) => text.split(/(\{\{[^{}]*\}\})/).map((part, at) => (at % 2 ? html`<mark>${part}</mark>` : part));

/** Words that were already written for a variable of the same name stay. @param {Template} template @param {Record<string, string>} before */
const kept = (template, before) => Object.fromEntries(Object.keys(template.variables).map((name) => [name, before[name] ?? ""]));
