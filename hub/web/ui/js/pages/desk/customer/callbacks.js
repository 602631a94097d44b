import { useEffect } from "preact/hooks";
import { Badge } from "../../../components/badge.js";
import { html } from "../../../html.js";
import { callbacks, isEnded, queues, readCallbacks } from "../../../state/callbacks.js";
import { t } from "../../../words.js";
import { lookOfState, stateWords, whenWords } from "../../calls/callbacklooks.js";
import { Section } from "./section.js";

/** Callbacks that this customer waits for. @param {{customerId: number}} props */
export function CustomerCallbacks({ customerId }) {
  const some = queues.value.length > 0;
  useEffect(() => {
    if (some) readCallbacks({ view: "open", queue: null, customer: customerId }).catch(() => undefined);
  }, [customerId, some]);
  const open = [...callbacks.value.values()].filter((it) => it.customer?.id === customerId && !isEnded(it));
  if (!open.length) return null;
  return html`
    <${Section} name="callbacks" title=${t("callbacks-pending")} count=${open.length}>
      <ul class="side-links">${open.map((it) => {
        const [icon, tone] = lookOfState(it.state);
        return html`<li key=${it.id}><a class="side-link" href=${`/callbacks/${it.id}`}>
          <span class="side-link-text"><span class="truncate" dir="auto">${it.reason || it.queue.name}</span><span class="faint tiny">${whenWords(it)}</span></span>
          <${Badge} tone=${tone} icon=${icon}>${stateWords(it.state)}<//></a></li>`;
      })}</ul>
    <//>
  `;
}
