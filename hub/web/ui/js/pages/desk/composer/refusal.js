import { Banner } from "../../../components/banner.js";
import { Button } from "../../../components/button.js";
import { html } from "../../../html.js";
import { t } from "../../../words.js";

/** The hub did not take it: why, and what to do.
 * @param {{problem: any, onAnyway: () => void, onTemplate: () => void, onDismiss: () => void}} props */
export function Refusal({ problem, onAnyway, onTemplate, onDismiss }) {
  const dismiss = (/** @type {string} */ words) => html`<${Button} size="small" kind="quiet" onClick=${onDismiss}>${words}<//>`;
  if (problem.code === "newer_entry") {
    const newest = (problem.body.newer ?? []).at(-1);
    return html`<${Banner} tone="warning" live title=${t("newer-title", { n: problem.body.newer?.length ?? 1 })}
      actions=${html`<${Button} size="small" kind="primary" onClick=${onAnyway}>${t("send-anyway")}<//>${dismiss(t("keep-writing"))}`}>
      ${newest ? html`<span class="newer-preview"><strong>${newest.author.name ?? ""}:</strong> ${newest.text.slice(0, 160)}
        </span>` : t("newer-text")}<//>`;
  }
  if (problem.code === "needs_template")
    return html`<${Banner} tone="warning" live title=${t("window-over")}
      actions=${html`<${Button} size="small" kind="primary" onClick=${onTemplate}>${t("template-choose")}<//>${dismiss(t("close"))}`}>
      ${problem.message}<//>`;
  return html`<${Banner} tone="danger" live title=${t("not-sent")} actions=${dismiss(t("close"))}>
    ${problem.message || t("change-failed")}<//>`;
}
