import { useEffect, useState } from "preact/hooks";
import { post } from "../../api.js";
import { Icon } from "../../components/icon.js";
import { KeyHint } from "../../components/keyhint.js";
import { html } from "../../html.js";
import { hasWords, t } from "../../words.js";
import { languageWords } from "./queuescripts.js";

/** @typedef {import("../../types.js").PreviewStep} Step */

const ICONS = { caller: "phone-incoming", agent: "headset", customer: "phone-outgoing", text: "message-square-text" };
/** After the last key, before the preview follows. */
const PAUSE = 600;

/** In the reader's language, where we have the words. @param {string} id @param {string} otherwise */
const known = (id, otherwise) => (hasWords(id) ? t(id) : otherwise);
/** @param {Step} step */
const titleOf = (step) => known(`preview-step-${step.id}`, step.title);

/** @param {Step} step @param {Step["keys"][number]} it */
function keyWords(step, it) {
  const id = `preview-${step.id}-${it.key || "none"}`;
  return known(it.goes_to === null ? `${id}-ends` : id, it.meaning);
}

/** The call step by step, in the words of the form. @param {{form: import("./queueform.js").Form}} props */
export function QueuePreview({ form }) {
  const languages = [...new Set([form.language, ...Object.keys(form.scripts)])].filter(Boolean);
  const [speak, setSpeak] = useState(form.language);
  const language = languages.includes(speak) ? speak : form.language;
  const [steps, setSteps] = useState(/** @type {Step[]} */ ([]));
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const asked = JSON.stringify({ name: form.name.trim() || t("callbacks"), mode: form.mode, language: form.language, texts: form.sms_channel_id !== null, phone_channel_id: form.phone_channel_id, scripts: form.scripts, speak: language });
  useEffect(() => {
    let old = false;
    const timer = setTimeout(
      () =>
        post("/api/callback-queues/preview", JSON.parse(asked)).then(
          (answer) => old || (setSteps(answer.steps), setProblem(null)),
          (failure) => old || setProblem(failure),
        ),
      steps.length ? PAUSE : 0,
    );
    return () => {
      old = true;
      clearTimeout(timer);
    };
  }, [asked]);
  return html`
    <section class="section" aria-labelledby="queue-preview">
      <header><h2 id="queue-preview">${t("queue-preview")}</h2><p class="muted small">${t("queue-preview-text")}</p></header>
      ${languages.length > 1 && html`<div class="segments script-languages" role="group" aria-label=${t("queue-script-language")}>
        ${languages.map((it) => html`<button key=${it} type="button" class="segment" aria-pressed=${String(it === language)}
          onClick=${() => setSpeak(it)}>${languageWords(it)}</button>`)}</div>`}
      ${problem && html`<p class="danger-text" role="status"><${Icon} name="circle-alert" size=${14} />${problem.errors?.[0]?.message || problem.message || t("queue-preview-failed")}</p>`}
      <ol class="card preview-steps">${steps.map((step) => html`<${PreviewStep} key=${step.id} step=${step} titles=${new Map(steps.map((it) => [it.id, titleOf(it)]))} />`)}</ol>
    </section>
  `;
}

/** @param {{step: Step, titles: Map<string, string>}} props */
const PreviewStep = ({ step, titles }) => html`
  <li class=${`preview-step ${step.who}`}>
    <h3>${titleOf(step)}</h3>
    ${step.says.length > 0 && html`<p class="preview-who"><${Icon} name=${ICONS[step.who]} size=${14} />${t(`preview-who-${step.who}`)}</p>`}
    ${step.says.map((it, at) => html`<p key=${at} class="preview-says" lang=${it.language} dir="auto">${it.text}</p>`)}
    ${step.keys.length > 0 && html`<ul class="preview-keys">${step.keys.map((it) => html`<li key=${it.key}>
      ${it.key ? html`<span>${t("preview-key", { key: "" })}</span><${KeyHint} keys=${it.key} />` : html`<span>${t("preview-no-key")}</span>`}
      <span>${keyWords(step, it)}</span><span class="muted">${it.goes_to === null ? t("preview-ends") : t("preview-goes", { step: titles.get(it.goes_to) ?? it.goes_to })}</span></li>`)}</ul>`}
  </li>
`;
