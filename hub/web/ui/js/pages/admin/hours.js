import { useEffect, useState } from "preact/hooks";
import { get } from "../../api.js";
import { Badge } from "../../components/badge.js";
import { Button } from "../../components/button.js";
import { Empty } from "../../components/empty.js";
import { Skeleton } from "../../components/skeleton.js";
import { full, list } from "../../format.js";
import { html } from "../../html.js";
import { channels, loadChannels } from "../../state/channels.js";
import { definitionsStirred } from "../../state/definitions.js";
import { region, t } from "../../words.js";
import { NotLoaded } from "../notloaded.js";
import { HoursForm } from "./hoursform.js";
import { DAYS, dayName } from "./spans.js";

/** @typedef {import("../../types.js").Hours} Hours */

/** When somebody is there to answer, and which channels go by it. @param {{id: number|null, isNew: boolean}} props */
export function HoursPage({ id, isNew }) {
  const [all, setAll] = useState(/** @type {Hours[]|null} */ (null));
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const load = () => {
    setProblem(null);
    Promise.all([get("/api/hours?limit=100"), loadChannels()]).then(([{ items }]) => setAll(items), setProblem);
  };
  useEffect(load, [definitionsStirred.value]);
  if (problem) return html`<${NotLoaded} problem=${problem} onAgain=${load} />`;
  if (!all) return html`<${Skeleton} kind="rows" count=${2} label=${t("loading")} />`;
  const one = all.find((it) => it.id === id) ?? null;
  if (isNew || one) return html`<${HoursForm} hours=${one} all=${all} />`;
  const add = html`<${Button} kind="primary" icon="plus" href="/admin/hours/new">${t("hours-add")}<//>`;
  return html`
    <header class="page-head"><div><h1>${t("hours")}</h1><p class="muted">${t("hours-text")}</p></div>${all.length > 0 && add}</header>
    ${all.length === 0
      ? html`<${Empty} icon="clock" title=${t("hours-empty")} action=${add}>${t("hours-empty-text")}<//>`
      : html`<ul class="cards">${all.map((it) => html`<${HoursCard} key=${it.id} it=${it} />`)}</ul>`}
  `;
}

/** @param {{it: Hours}} props */
function HoursCard({ it }) {
  const names = it.channel_ids.map((id) => channels.value?.get(id)?.name).filter((name) => name !== undefined);
  const next = it.now.next_opening;
  return html`
    <li class="card">
      <a class="channel-link" href=${`/admin/hours/${it.id}`}>
        <span class="grow stack-tight"><span class="strong truncate">${it.name}</span>
          <span class="muted small">${names.length ? list(/** @type {string[]} */ (names)) : t("hours-no-channel")}</span></span>
        <${Badge} tone=${it.now.open ? "success" : "neutral"} icon=${it.now.open ? "circle-check" : "moon"}
          tip=${next && !it.now.open ? t("hours-next", { when: full(next) }) : undefined}>${t(it.now.open ? "hours-open" : "hours-closed")}<//>
      </a>
      <dl class="channel-facts week">
        ${DAYS.map((day) => html`<div key=${day}><dt>${dayName(day, "short")}</dt>
          <dd class="number">${(it.weekly[day] ?? []).map(([from, to]) => html`<span key=${from}>${from}–${to}</span>`)}
            ${!it.weekly[day]?.length && html`<span class="faint">${t("hours-closed")}</span>`}</dd></div>`)}
      </dl>
      <p class="week-foot muted small">${it.time_zone}${it.country ? ` · ${t("hours-holidays-of", { country: new Intl.DisplayNames(region.value, { type: "region" }).of(it.country) ?? it.country })}` : ""}${it.exceptions.length ? ` · ${t("hours-exceptions-count", { n: it.exceptions.length })}` : ""}</p>
    </li>
  `;
}
