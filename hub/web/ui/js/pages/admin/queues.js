import { useEffect, useState } from "preact/hooks";
import { get } from "../../api.js";
import { Badge } from "../../components/badge.js";
import { Button } from "../../components/button.js";
import { Empty } from "../../components/empty.js";
import { Icon } from "../../components/icon.js";
import { Skeleton } from "../../components/skeleton.js";
import { number, span } from "../../format.js";
import { html } from "../../html.js";
import { loadQueues, queues } from "../../state/callbacks.js";
import { channels, loadChannels } from "../../state/channels.js";
import { definitionsStirred } from "../../state/definitions.js";
import { t } from "../../words.js";
import { NotLoaded } from "../notloaded.js";
import { QueueForm } from "./queueform.js";

/** Callback queues: when customers are called back, by whom, and what they hear. @param {{id: number|null, isNew: boolean}} props */
export function QueuesPage({ id, isNew }) {
  const [defaults, setDefaults] = useState(/** @type {Record<string, Record<string, string>>|null} */ (null));
  const [hours, setHours] = useState(/** @type {import("../../types.js").Hours[]} */ ([]));
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const load = () => {
    setProblem(null);
    Promise.all([get("/api/callback-queues/scripts"), get("/api/hours?limit=100"), loadQueues(), loadChannels()]).then(([said, { items }]) => {
      setHours(items);
      setDefaults(said.defaults);
    }, setProblem);
  };
  useEffect(load, [definitionsStirred.value]);
  if (problem) return html`<${NotLoaded} problem=${problem} onAgain=${load} />`;
  if (!defaults) return html`<${Skeleton} kind="rows" count=${2} label=${t("loading")} />`;
  const one = queues.value.find((it) => it.id === id) ?? null;
  if (isNew || one) return html`<${QueueForm} queue=${one} defaults=${defaults} hours=${hours} />`;
  if (id !== null) return html`<a class="back-link" href="/admin/callback-queues"><${Icon} name="arrow-left" size=${14} />${t("queues")}</a>
    <${Empty} icon="circle-help" tone="danger" title=${t("queue-unknown")} />`;
  const add = html`<${Button} kind="primary" icon="plus" href="/admin/callback-queues/new">${t("queue-add")}<//>`;
  return html`
    <header class="page-head"><div><h1>${t("queues")}</h1><p class="muted">${t("queues-text")}</p></div>${queues.value.length > 0 && add}</header>
    ${queues.value.length === 0
      ? html`<${Empty} icon="calendar-clock" title=${t("queues-empty")} action=${add}>${t("queues-empty-text")}<//>`
      : html`<ul class="cards">${queues.value.map((it) => html`<${QueueCard} key=${it.id} it=${it} />`)}</ul>`}
  `;
}

/** @param {{it: import("../../types.js").CallbackQueue}} props */
function QueueCard({ it }) {
  const active = it.state === "active";
  const open = active && it.now.open;
  const phone = it.phone_channel_id === null ? null : channels.value?.get(it.phone_channel_id);
  return html`
    <li class="card">
      <a class="channel-link" href=${`/admin/callback-queues/${it.id}`}>
        <span class="grow stack-tight"><span class="strong truncate">${it.name}</span>
          <span class="muted small">${phone?.name ?? t("queue-phone-none")}</span></span>
        <${Badge} tone=${open ? "success" : "neutral"} icon=${!active ? "pause" : open ? "circle-check" : "moon"}>
          ${t(!active ? "queue-paused" : open ? "hours-open" : "hours-closed")}<//>
      </a>
      <dl class="channel-facts">
        <div><dt>${t("callbacks-open")}</dt><dd class="number">${number(it.now.waiting)}</dd></div>
        <div><dt>${t("agents")}</dt><dd class="number">${number(it.now.agents)}</dd></div>
        <div><dt>${t("queue-capacity")}</dt><dd class="number">${number(it.capacity)}</dd></div>
        <div><dt>${t("queue-wait")}</dt><dd class="number">${it.now.expected_wait === null ? "–" : span(it.now.expected_wait * 1000)}</dd></div>
      </dl>
    </li>
  `;
}
