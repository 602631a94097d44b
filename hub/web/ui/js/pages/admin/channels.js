import { useEffect, useState } from "preact/hooks";
import { get } from "../../api.js";
import { Button } from "../../components/button.js";
import { ChannelMark } from "../../components/channelmark.js";
import { Empty } from "../../components/empty.js";
import { Icon } from "../../components/icon.js";
import { Skeleton } from "../../components/skeleton.js";
import { Spark } from "../../components/spark.js";
import { ago, full, now, number, span } from "../../format.js";
import { html } from "../../html.js";
import { channelList, channels, connectors, loadChannels, loadConnectors } from "../../state/channels.js";
import { t } from "../../words.js";
import { kindWords } from "../desk/composer/destination.js";
import { NotLoaded } from "../notloaded.js";

const LOOK = /** @type {Record<string, [icon: string, tone: string]>} */ ({
  ok: ["circle-check", "success"],
  degraded: ["triangle-alert", "warning"],
  down: ["circle-x", "danger"],
  starting: ["clock", "neutral"],
  paused: ["pause", "neutral"],
});

/** How long, once it is a minute. @param {string} since */
function lasts(since) {
  const time = now.value - new Date(since).getTime();
  return time < 60_000 ? "" : t("for-time", { time: span(time) });
}

/** How a channel is, since when. @param {{health: import("../../types.js").Health, large?: boolean}} props */
export function HealthMark({ health }) {
  const [icon, tone] = LOOK[health.state] ?? ["info", "neutral"];
  return html`<span class=${`health ${tone}`}><${Icon} name=${icon} size=${16} /><strong>${t(`health-${health.state}`)}</strong>
    <span class="health-since" data-tip=${full(health.since)}>${lasts(health.since)}
    </span></span>`;
}

const VOLUME_DAYS = 14;

/** @typedef {{up: number, down: number}[]} Days */

/** How much goes through every channel, by day, in one request; asked again when something has gone through.
 * @param {import("../../types.js").Channel[]} all @returns {Map<number, Days>|null} */
function useVolumes(all) {
  const [volumes, setVolumes] = useState(/** @type {Map<number, Days>|null} */ (null));
  const traffic = all.map((it) => `${it.id} ${it.health.last_in_at} ${it.health.last_out_at}`).join();
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(
      () =>
        get(`/api/channels/volume?days=${VOLUME_DAYS}`, stop.signal).then(
          ({ items }) => setVolumes(new Map(items.map((/** @type {any} */ it) => [it.channel_id, it.days.map(asBars)]))),
          () => stop.signal.aborted || setVolumes((held) => held ?? new Map()),
        ),
      volumes === null ? 0 : 2000,
    );
    return () => (clearTimeout(timer), stop.abort());
  }, [traffic]);
  return volumes;
}

/** @param {{received: number, sent: number}} day */
const asBars = ({ received, sent }) => ({ up: received, down: sent });

/** @param {{days: Days|undefined}} props */
function Volume({ days }) {
  const sum = (/** @type {'up'|'down'} */ way) => (days ?? []).reduce((all, it) => all + it[way], 0);
  const words = t("volume-words", { received: number(sum("up")), sent: number(sum("down")) });
  return html`<div class="volume"><dt>${t("volume", { n: VOLUME_DAYS })}</dt>
    <dd>${days && days.length > 0 && html`<span class="number">${words}</span><${Spark} days=${days} label=${words} />`}</dd></div>`;
}

/** Every channel and how it is. */
export function ChannelsPage() {
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const load = () => Promise.all([loadChannels(), loadConnectors()]).then(() => setProblem(null), setProblem);
  useEffect(() => void load(), []);
  const all = channelList.value;
  const volumes = useVolumes(all);
  const add = html`<${Button} kind="primary" icon="plus" href="/admin/channels/new">${t("channel-add")}<//>`;
  return html`
    <header class="page-head"><div><h1>${t("channels")}</h1><p class="muted">${t("channels-text")}</p></div>${all.length > 0 && add}
      </header>
    ${channels.value === null
      ? problem
        ? html`<${NotLoaded} problem=${problem} onAgain=${load} />`
        : html`<${Skeleton} kind="rows" count=${3} label=${t("loading")} />`
      : all.length === 0
        ? html`<${Empty} icon="mail" title=${t("channels-empty")} action=${add}>${t("channels-empty-text")}<//>`
        : html`<ul class="cards">${all.map((it) => html`<${ChannelCard} key=${it.id} it=${it} days=${volumes?.get(it.id)} />`)}</ul>`}
  `;
}

/** @param {{it: import("../../types.js").Channel, days: Days|undefined}} props */
function ChannelCard({ it, days }) {
  const { health } = it;
  const connector = connectors.value.get(it.kind);
  return html`
    <li class="card channel-card">
      <a class="channel-link" href=${`/admin/channels/${it.id}`}>
        <${ChannelMark} kind=${it.kind} behind=${connector?.address_kind} size=${20} boxed />
        <span class="grow stack-tight"><span class="strong truncate">${it.name}</span><span class="muted small truncate">
          ${connector?.name ?? kindWords(it.kind)}${it.settings?.address ? ` · ${it.settings.address}` : ""}</span></span>
        <${HealthMark} health=${health} />
      </a>
      ${health.reason && health.state !== "ok" && html`<div class=${`health-why ${LOOK[health.state]?.[1] ?? ""}`}><p>${health.reason}</p>
        ${health.next_step && html`<p class="strong">${health.next_step}</p>`}</div>`}
      <dl class="channel-facts">
        <${Volume} days=${days} />
        <div><dt>${t("last-in")}</dt><dd>${health.last_in_at ? html`<time datetime=${health.last_in_at} data-tip=${full(health.last_in_at)}>
          ${ago(health.last_in_at)}</time>` : t("never")}</dd></div>
        <div><dt>${t("last-out")}</dt><dd>
          ${health.last_out_at ? html`<time datetime=${health.last_out_at} data-tip=${full(health.last_out_at)}>${ago(health.last_out_at)}
          </time>` : t("never")}</dd></div>
        <div><dt>${t("backlog")}</dt><dd class="number">${number(health.backlog)}</dd></div>
        <div><dt>${t("quarantine")}</dt><dd class="number">
          ${health.quarantined ? html`<a class="link danger-text" href=${`/admin/quarantine?channel=${it.id}`}>
          ${t("quarantine-count", { n: health.quarantined })}</a>` : "0"}</dd></div>
      </dl>
    </li>
  `;
}
