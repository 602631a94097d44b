import { useState } from "preact/hooks";
import { Button } from "../../../components/button.js";
import { Icon } from "../../../components/icon.js";
import { shortMoment } from "../../../format.js";
import { html } from "../../../html.js";
import { changeTime, discard, scheduledOf, sendNow, takeBack } from "../../../state/scheduled.js";
import { me } from "../../../state/session.js";
import { t } from "../../../words.js";
import { sayProblem } from "../work.js";
import { TimeDialog } from "./schedule.js";

/** @typedef {import("../../../types.js").Scheduled} Scheduled */

/** What is still to go out of this conversation, or was held back, above the composer.
 * @param {{conversationId: number, onBack: () => void}} props */
export function ScheduledList({ conversationId, onBack }) {
  const items = scheduledOf(conversationId).filter((it) => !(it.hold && it.state === "waiting"));
  if (!items.length) return null;
  return html`<ul class="scheduled-list" aria-label=${t("scheduled-messages")}>${items.map((it) => html`<${One} key=${it.id} it=${it} onBack=${onBack} />`)}</ul>`;
}

/** @param {{it: Scheduled, onBack: () => void}} props */
function One({ it, onBack }) {
  const [busy, setBusy] = useState(/** @type {string|null} */ (null));
  const [asking, setAsking] = useState(false);
  const act = async (/** @type {string} */ name, /** @type {() => Promise<any>} */ run) => {
    setBusy(name);
    try {
      await run();
    } catch (problem) {
      sayProblem(problem);
    } finally {
      setBusy(null);
    }
  };
  const stuck = it.state !== "waiting";
  const button = (/** @type {string} */ name, /** @type {() => Promise<any>} */ run, /** @type {any} */ more = {}) => html`<${Button} size="small" kind="quiet"
    busy=${busy === name} onClick=${() => act(name, run)} ...${more}>${t(`scheduled-${name}`)}<//>`;
  return html`
    <li class=${stuck ? "scheduled stuck" : "scheduled"} role=${stuck ? "alert" : undefined}>
      <${Icon} name=${it.state === "failed" ? "circle-x" : stuck ? "hourglass" : "clock-arrow-up"} size=${16} />
      <div class="scheduled-words">
        <p><strong>${t(stuck ? `scheduled-${it.state.replace("_", "-")}` : "scheduled-at", { when: shortMoment(Date.parse(it.send_at)) })}</strong>
          <span class="faint"> ${it.agent.id === me.value?.id ? t("scheduled-to", { address: it.address }) : t("scheduled-to-by", { address: it.address, name: it.agent.name })}</span></p>
        ${stuck && it.reason && html`<p class="scheduled-reason">${it.reason}</p>`}
        <p class="scheduled-text truncate" dir="auto">${it.text}</p>
      </div>
      <div class="scheduled-steps">
        ${stuck
          ? button(it.code === "newer_entry" ? "send-anyway" : "send-now", () => sendNow(it.id, it.code === "newer_entry"), { kind: "secondary" })
          : html`<${Button} size="small" kind="quiet" onClick=${() => setAsking(true)}>${t("scheduled-time")}<//>${button("send-now", () => sendNow(it.id))}`}
        ${button("edit", async () => (await takeBack(it.id), onBack()))}
        <${Button} size="small" kind="quiet" icon="trash-2" tip=${t("scheduled-discard")} onClick=${() => act("discard", () => discard(it.id))} />
      </div>
      <${TimeDialog} open=${asking} start=${it.send_at} onTime=${(/** @type {string} */ at) => void act("time", () => changeTime(it.id, at))} onClose=${() => setAsking(false)} />
    </li>
  `;
}
