import { Badge } from "../../components/badge.js";
import { Icon } from "../../components/icon.js";
import { list } from "../../format.js";
import { html } from "../../html.js";
import { shownAs } from "../../naming.js";
import { agents, me } from "../../state/session.js";
import { t } from "../../words.js";
import { lookOfState, stateWords, whyWords, windowWords } from "./callbacklooks.js";

/** A callback on the timeline: who asked for it, when it is wanted, how far it is. @param {{entry: import("../../types.js").Entry}} props */
export function CallbackEntry({ entry }) {
  const data = /** @type {import("../../types.js").CallbackData} */ (entry.data);
  const [icon, tone] = lookOfState(data.state);
  const names = data.agent_ids.map((id) => (id === me.value?.id ? t("you") : (agents.value.get(id)?.name ?? ""))).filter(Boolean);
  const facts = [
    t(`callback-source-${data.source.replaceAll("_", "-")}`),
    data.queue,
    data.window && t("callback-window", { window: windowWords(data.window[0], data.window[1]) }),
    data.calls > 0 && t("callback-calls", { n: data.calls }),
    names.length > 0 && t("call-with", { names: list(names) }),
  ].filter(Boolean);
  return html`
    <div class="kind-bar">
      <${Icon} name="phone-outgoing" size=${18} />
      <strong>${t("kind-callback")}</strong>
      <a class="muted truncate link" href=${`/callbacks/${data.callback_id}`}>${shownAs(data.number)}</a>
      <span class="push"><${Badge} tone=${tone} icon=${icon}>${stateWords(data.state)}<//></span>
    </div>
    <p class="call-facts">${facts.map((fact, at) => html`<span key=${at}>${fact}</span>`)}</p>
    ${entry.text && html`<div class="entry-text" dir="auto">${entry.text}</div>`}
    ${data.outcome && html`<p class="muted small">${whyWords(data.outcome, data.canceled_by)}</p>`}
    ${data.disposition && html`<p class="call-outcome"><${Badge} tone="accent" icon="check">${data.disposition}<//></p>`}
    ${data.notes && html`<div class="entry-text call-notes" dir="auto">${data.notes}</div>`}
  `;
}
