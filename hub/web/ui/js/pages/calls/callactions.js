import { useState } from "preact/hooks";
import { Button } from "../../components/button.js";
import { Menu } from "../../components/menu.js";
import { say } from "../../components/toast.js";
import { html } from "../../html.js";
import { addressOf } from "../../naming.js";
import { queues } from "../../state/callbacks.js";
import { mine, placeCall } from "../../state/calls.js";
import { channelList } from "../../state/channels.js";
import { t } from "../../words.js";
import { sayProblem } from "../desk/commands.js";
import { AskDialog } from "./askdialog.js";
import { setTelephone } from "./availability.js";

/** Call this number now, or have it called.
 * @param {{identity: import("../../types.js").Identity, name: string}} props */
export function CallActions({ identity, name }) {
  const [asking, setAsking] = useState(false);
  const from = channelList.value.filter((it) => it.state === "active" && it.offers?.calls && it.offers.address_kind === identity.kind);
  const shown = addressOf(identity);
  const call = async (/** @type {number} */ channelId) => {
    if (!mine.peek()?.device) return setTelephone();
    try {
      await placeCall(channelId, identity.id);
      say({ text: t("calling-toast") });
    } catch (problem) {
      sayProblem(problem);
    }
  };
  const words = t("call-number", { number: shown });
  return html`
    ${from.length === 1 && html`<${Button} kind="quiet" size="small" icon="phone" tip=${words} onClick=${() => call(from[0].id)} />`}
    ${from.length > 1 && html`<${Menu} label=${t("call-number-from")} align="end" items=${from.map((it) => ({ label: it.name, onSelect: () => void call(it.id) }))}
      trigger=${(/** @type {any} */ attributes) => html`<${Button} ...${attributes} kind="quiet" size="small" icon="phone" tip=${words} />`} />`}
    ${queues.value.length > 0 && identity.kind === "phone" && html`<${Button} kind="quiet" size="small" icon="calendar-clock" tip=${t("callback-ask")}
      onClick=${() => setAsking(true)} />
      <${AskDialog} open=${asking} number=${identity.address} name=${name} onClose=${() => setAsking(false)} />`}
  `;
}
