import { Badge } from "../../components/badge.js";
import { html } from "../../html.js";
import { t } from "../../words.js";

/** Whether its receiver takes what it is sent. @param {{it: any}} props */
export function WebhookState({ it }) {
  if (it.state === "paused") return html`<${Badge} icon="pause">${t("health-paused")}<//>`;
  if (it.failing_since) return html`<${Badge} tone="danger" icon="circle-x">${t("webhook-failing")}<//>`;
  return html`<${Badge} tone="success" icon="circle-check">${t("health-ok")}<//>`;
}
