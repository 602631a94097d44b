import { Badge } from "../../components/badge.js";
import { html } from "../../html.js";
import { t } from "../../words.js";

/** Whether its receiver takes what it is sent. @param {{it: any}} props */
export function WebhookState({ it }) {
  if (it.state === "paused") return html`<${Badge} icon="pause">${t("health-paused")}<//>`;
  if (it.failing_since) return html`<${Badge} tone="danger" icon="circle-x">${t("webhook-failing")}<//>`;
  if (!it.last_success_at) return html`<${Badge} icon="circle-dashed">${t("webhook-unused")}<//>`;
  return html`<${Badge} tone="success" icon="circle-check">${t("health-ok")}<//>`;
}
