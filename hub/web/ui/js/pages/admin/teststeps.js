import { Icon } from "../../components/icon.js";
import { html } from "../../html.js";
import { t } from "../../words.js";

/** @param {HTMLElement|null} element */
const intoView = (element) => element?.scrollIntoView({ block: "nearest" });

/** What the test did, step by step, and what to change where it failed. @param {{result: {ok: boolean, steps: any[]}}} props */
export const TestSteps = ({ result }) => html`
  <section ref=${intoView} class="test-steps" role="status" aria-label=${t("test-connection")}>
    <h3 class=${result.ok ? "success-text" : "danger-text"}><${Icon} name=${result.ok ? "circle-check" : "circle-x"} size=${16} />
      ${t(result.ok ? "test-ok" : "test-failed")}</h3>
    <ol>
      ${result.steps.map(
        (step) => html`<li key=${step.name} class=${step.ok ? "ok" : "failed"}>
          <${Icon} name=${step.ok ? "check" : "x"} size=${14} label=${t(step.ok ? "step-ok" : "step-failed")} />
          <div class="grow"><span class="strong">${step.label}</span>${step.detail && html`<p class="muted small">${step.detail}
            </p>`}${!step.ok && step.next_step && html`<p class="small strong">${step.next_step}</p>`}</div>
          <span class="faint tiny number">${t("seconds", { n: Number(step.seconds ?? 0).toFixed(1) })}</span>
        </li>`,
      )}
    </ol>
  </section>
`;
