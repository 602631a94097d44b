import { useState } from "preact/hooks";
import { postOnce } from "../../../api.js";
import { Button } from "../../../components/button.js";
import { Icon } from "../../../components/icon.js";
import { ago, full } from "../../../format.js";
import { html } from "../../../html.js";
import { shownAs } from "../../../naming.js";
import { upsertEntry } from "../../../state/timelines.js";
import { t } from "../../../words.js";
import { sayProblem } from "../commands.js";
import { sendAnotherWay } from "../composer/another.js";
import { HoldLine } from "./holdline.js";

/** @typedef {import("../../../types.js").Entry} Entry */

const LOOK = /** @type {Record<string, [icon: string, tone: string]>} */ ({
  queued: ["clock", "quiet"],
  sending: ["send", "quiet"],
  sent: ["check", "quiet"],
  delivered: ["check-check", "quiet"],
  read: ["eye", "quiet"],
  failed: ["circle-x", "danger"],
  uncertain: ["circle-help", "warning"],
  held: ["hourglass", "warning"],
  canceled: ["x", "quiet"],
});

/** Where an outgoing message is, and what can be done when it is stuck. @param {{entry: Entry}} props */
export function DeliveryLine({ entry }) {
  if (entry.data.scheduled_id && entry.pending) return html`<${HoldLine} id=${entry.data.scheduled_id} />`;
  return html`<${Line} entry=${entry} />`;
}

/** @param {{entry: Entry}} props */
function Line({ entry }) {
  const delivery = /** @type {import("../../../types.js").Delivery} */ (entry.delivery);
  const [busy, setBusy] = useState(/** @type {string|null} */ (null));
  const [icon, tone] = LOOK[delivery.state] ?? ["info", "quiet"];
  const state = entry.pending ? "waiting" : delivery.state;
  const act = async (/** @type {string} */ action) => {
    if (action === "send_another_way") return sendAnotherWay(entry);
    setBusy(action);
    try {
      upsertEntry(null, await postOnce(`/api/entries/${entry.id}/delivery`, { action }));
    } catch (problem) {
      sayProblem(problem);
    } finally {
      setBusy(null);
    }
  };
  const wrong = delivery.recipients.filter((it) => it.reason && delivery.recipients.length > 1);
  return html`
    <footer class=${`delivery ${tone}`}>
      <p class="delivery-state">
        <${Icon} name=${icon} size=${14} />
        <span class="delivery-words">${t(`delivery-${state}`, { address: shownAs(delivery.address) })}</span>
        ${tone !== "quiet" && delivery.reason && html`<span class="delivery-reason">
          ${delivery.reason}${delivery.code ? html` <span class="delivery-code">(${delivery.code})</span>` : null}</span>`}
        ${tone !== "quiet" && html`<time datetime=${delivery.since} data-tip=${full(delivery.since)}>${ago(delivery.since)}</time>`}
      </p>
      ${wrong.length > 0 && html`<ul class="delivery-recipients">${wrong.map((it) => html`<li key=${it.address}>${it.address}: ${it.reason}
        </li>`)}</ul>`}
      ${delivery.next_steps.length > 0 &&
      html`<div class="delivery-steps">
        ${delivery.next_steps.map((step, index) => html`<${Button} key=${step} size="small"
          kind=${index === 0 && tone !== "quiet" ? "secondary" : "quiet"} busy=${busy === step} onClick=${() => act(step)}>
          ${t(`step-${step.replaceAll("_", "-")}`)}<//>`)}
      </div>`}
    </footer>
  `;
}
