import { useState } from "preact/hooks";
import { freshKey, post } from "../../api.js";
import { Badge } from "../../components/badge.js";
import { Button } from "../../components/button.js";
import { Select } from "../../components/select.js";
import { say } from "../../components/toast.js";
import { full, short } from "../../format.js";
import { html } from "../../html.js";
import { t } from "../../words.js";
import { usePages } from "./paged.js";

const LOOK = /** @type {Record<string, [icon: string, tone: string]>} */ ({
  pending: ["hourglass", "neutral"],
  delivered: ["circle-check", "success"],
  failed: ["circle-x", "danger"],
});

/** What was sent to a webhook and what came of it. `turn`: read again when it changes.
 * @param {{webhookId: number, turn: number}} props */
export function Deliveries({ webhookId, turn }) {
  const [state, setState] = useState("");
  const { items: read, next, problem, load } = usePages(`/api/webhooks/${webhookId}/deliveries`, { state }, turn);
  const items = read ?? [];
  const resend = async (/** @type {any} */ it) => {
    try {
      await post(`/api/webhooks/${webhookId}/deliveries/${it.id}/resend`, {}, freshKey());
      say({ text: t("webhook-resent") });
      await load(null);
    } catch (failure) {
      say({ tone: "danger", text: /** @type {Error} */ (failure).message || t("change-failed") });
    }
  };
  const states = [{ value: "", label: t("delivery-any") }, ...Object.keys(LOOK).map((it) => ({ value: it, label: t(`webhook-state-${it}`) }))];
  return html`
    <section class="section">
      <header class="page-head deliveries-head"><div class="grow"><h2>${t("deliveries")}</h2><p class="muted small">${t("deliveries-text")}</p></div>
        <${Select} label=${t("delivery-state")} value=${state} options=${states} onValue=${setState} />
        <${Button} icon="refresh-cw" tip=${t("reload")} onClick=${() => load(null)} /></header>
      ${problem
        ? html`<p class="danger-text" role="status">${problem.message || t("load-failed")}</p>`
        : items.length === 0
          ? html`<p class="muted">${t("deliveries-empty")}</p>`
          : html`<ul class="card agent-list">${items.map(
              (it) => html`<li key=${it.id} class="agent-row">
                <span class="grow stack-tight"><span><code>${it.type}</code> <span class="faint small number">#${it.event_id}</span></span>
                  <span class="muted small"><time datetime=${it.created_at} data-tip=${full(it.created_at)}>${short(it.created_at)}</time>
                    ${[t("attempts", { n: it.attempts }), it.status, it.error].filter((one) => one !== null).map((one) => ` · ${one}`)}</span></span>
                <${Badge} tone=${LOOK[it.state][1]} icon=${LOOK[it.state][0]}>${t(`webhook-state-${it.state}`)}<//>
                <${Button} size="small" icon="rotate-ccw" disabled=${it.state === "pending"} onClick=${() => resend(it)}>${t("webhook-resend")}<//>
              </li>`,
            )}</ul>
            ${next && html`<div><${Button} onClick=${() => load(next)}>${t("more")}<//></div>`}`}
    </section>
  `;
}
