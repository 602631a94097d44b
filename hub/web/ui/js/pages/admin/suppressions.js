import { useEffect, useState } from "preact/hooks";
import { get, remove, withQuery } from "../../api.js";
import { Button } from "../../components/button.js";
import { ChannelMark } from "../../components/channelmark.js";
import { Sentinel } from "../../components/sentinel.js";
import { say } from "../../components/toast.js";
import { ago, full } from "../../format.js";
import { html } from "../../html.js";
import { t } from "../../words.js";

/** Addresses that nothing is sent to since a message there failed for good, and the way back. */
export function Suppressions() {
  const [items, setItems] = useState(/** @type {any[]} */ ([]));
  const [next, setNext] = useState(/** @type {string|null} */ (null));
  const [busy, setBusy] = useState(false);
  const load = async (/** @type {string|null} */ after) => {
    setBusy(true);
    try {
      const answer = await get(withQuery("/api/suppressions", { after }));
      setItems((held) => (after ? [...held, ...answer.items] : answer.items));
      setNext(answer.next);
    } catch (problem) {
      say({ tone: "danger", text: /** @type {Error} */ (problem).message || t("load-failed") });
    } finally {
      setBusy(false);
    }
  };
  useEffect(() => void load(null), []);
  if (!items.length) return null;
  const lift = async (/** @type {any} */ it) => {
    try {
      await remove(`/api/suppressions/${it.id}`);
      setItems((held) => held.filter((other) => other.id !== it.id));
      say({ tone: "success", text: t("suppression-lifted", { address: it.identity.address }) });
    } catch (problem) {
      say({ tone: "danger", text: /** @type {Error} */ (problem).message || t("change-failed") });
    }
  };
  return html`
    <section class="section">
      <header><h2>${t("suppressions")}</h2><p class="muted small">${t("suppressions-text")}</p></header>
      <ul class="card agent-list">
        ${items.map(
          (it) => html`<li key=${it.id} class="agent-row">
            <${ChannelMark} kind=${it.identity.kind} size=${18} />
            <span class="grow stack-tight">
              <span class="strong truncate">${it.identity.address}</span>
              <span class="muted small">${it.reason} · <time datetime=${it.since} data-tip=${full(it.since)}>${ago(it.since)}</time></span>
            </span>
            <${Button} size="small" onClick=${() => lift(it)}>${t("suppression-lift")}<//>
          </li>`,
        )}
      </ul>
      ${next && html`<${Sentinel} busy=${busy} label=${t("loading")} onReach=${() => load(next)} margin=${400} />`}
    </section>
  `;
}
