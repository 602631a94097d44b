import { useEffect, useState } from "preact/hooks";
import { get } from "../../api.js";
import { Icon } from "../../components/icon.js";
import { Skeleton } from "../../components/skeleton.js";
import { number } from "../../format.js";
import { html } from "../../html.js";
import { region, t } from "../../words.js";
import { NotLoaded } from "../notloaded.js";

const COLUMNS = /** @type {const} */ (["received", "stored", "quarantined", "ignored", "sent", "failed"]);

/** A day on which nothing happened proves nothing. @param {any} day */
const hasTraffic = (day) => COLUMNS.some((name) => day[name] > 0);

/** Received = stored + quarantined + ignored, each day: the proof that nothing was lost. @param {{channelId: number}} props */
export function Ledger({ channelId }) {
  const [days, setDays] = useState(/** @type {any[]|null} */ (null));
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const load = () => {
    setProblem(null);
    get(`/api/channels/${channelId}/ledger?days=30`).then(({ items }) => setDays(items.filter(hasTraffic)), setProblem);
  };
  useEffect(load, [channelId]);
  const dayName = (/** @type {string} */ day) => new Intl.DateTimeFormat(region.value, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(`${day}T12:00:00Z`));
  return html`
    <section class="section">
      <header><h2>${t("ledger")}</h2><p class="muted small">${t("ledger-text")}</p></header>
      ${problem
        ? html`<${NotLoaded} problem=${problem} onAgain=${load} />`
        : !days
          ? html`<${Skeleton} count=${3} label=${t("loading")} />`
          : days.length === 0
            ? html`<p class="muted">${t("ledger-empty")}</p>`
            : html`<div class="table-frame" tabindex="0" role="region" aria-label=${t("ledger")}><table class="table">
                <thead><tr><th scope="col">${t("day")}</th>${COLUMNS.map((name) => html`<th key=${name} scope="col" class="numeric">
                  ${t(`ledger-${name}`)}</th>`)}<th scope="col" class="numeric">${t("ledger-balance")}</th></tr></thead>
                <tbody>
                  ${days.map((it) => {
                    const open = it.received - it.stored - it.quarantined - it.ignored;
                    return html`<tr key=${it.day}><th scope="row">${dayName(it.day)}</th>
                      ${COLUMNS.map((name) => html`<td key=${name}
                        class=${`numeric ${it[name] && (name === "quarantined" || name === "failed") ? "danger-text strong" : it[name] ? "" : "faint"}`}>
                        ${number(it[name])}</td>`)}
                      <td class="numeric">${open === 0 ? html`<${Icon} name="check" size=${14} class="success-text"
                        label=${t("ledger-balanced")} />` : html`<span class="danger-text strong">${t("ledger-open", { n: open })}</span>`}
                        </td></tr>`;
                  })}
                </tbody>
              </table></div>`}
    </section>
  `;
}
