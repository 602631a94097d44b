import { useEffect, useState } from "preact/hooks";
import { get } from "../../api.js";
import { Button } from "../../components/button.js";
import { Empty } from "../../components/empty.js";
import { Skeleton } from "../../components/skeleton.js";
import { ago, number } from "../../format.js";
import { html } from "../../html.js";
import { t } from "../../words.js";
import { NotLoaded } from "../notloaded.js";
import { WebhookPage } from "./webhook.js";
import { WebhookState } from "./webhookstate.js";

/** Other systems that are told what happens here. @param {{id: number|null, isNew: boolean}} props */
export function WebhooksPage({ id, isNew }) {
  const [all, setAll] = useState(/** @type {any[]|null} */ (null));
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const load = () => {
    setProblem(null);
    get("/api/webhooks?limit=100").then(({ items }) => setAll(items), setProblem);
  };
  useEffect(load, []);
  if (problem) return html`<${NotLoaded} problem=${problem} onAgain=${load} />`;
  if (!all) return html`<${Skeleton} kind="rows" count=${2} label=${t("loading")} />`;
  const one = all.find((it) => it.id === id) ?? null;
  if (isNew || one) return html`<${WebhookPage} webhook=${one} />`;
  const add = html`<${Button} kind="primary" icon="plus" href="/admin/webhooks/new">${t("webhook-add")}<//>`;
  return html`
    <header class="page-head"><div><h1>${t("webhooks")}</h1><p class="muted">${t("webhooks-text")}</p></div>${all.length > 0 && add}</header>
    ${all.length === 0
      ? html`<${Empty} icon="send" title=${t("webhooks-empty")} action=${add}>${t("webhooks-empty-text")}<//>`
      : html`<ul class="cards">${all.map((it) => html`<${WebhookCard} key=${it.id} it=${it} />`)}</ul>`}
  `;
}

/** @param {{it: any}} props */
const WebhookCard = ({ it }) => html`
  <li class="card">
    <a class="channel-link" href=${`/admin/webhooks/${it.id}`}>
      <span class="grow stack-tight"><span class="strong truncate">${it.name}</span><span class="muted small truncate">${it.url}</span></span>
      <${WebhookState} it=${it} />
    </a>
    ${it.reason && html`<div class="health-why warning"><p>${it.reason}</p></div>`}
    <dl class="channel-facts">
      <div><dt>${t("webhook-events")}</dt><dd class="number">${number(it.events.length)}</dd></div>
      <div><dt>${t("backlog")}</dt><dd class="number">${number(it.pending)}</dd></div>
      <div><dt>${t("webhook-last")}</dt><dd>${it.last_success_at ? ago(it.last_success_at) : t("never")}</dd></div>
    </dl>
  </li>
`;
