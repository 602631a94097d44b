import { useState } from "preact/hooks";
import { Button } from "../../components/button.js";
import { Switch, TextField } from "../../components/field.js";
import { html } from "../../html.js";
import { alerts, askLeave, changeAlerts, hasLeave } from "../../state/alerts.js";
import { t } from "../../words.js";
import { chime } from "./alerting.js";

/** How this device calls its agent. Kept on the device and in force at once: a telephone and a desk differ. */
export function AlertSettings() {
  const it = alerts.value;
  const [refused, setRefused] = useState(false);
  const desktop = async (/** @type {boolean} */ wanted) => {
    const granted = !wanted || (await askLeave());
    setRefused(!granted);
    changeAlerts({ desktop: wanted && granted });
  };
  return html`
    <fieldset class="form-group"><legend>${t("alerts")}</legend>
      <p class="field-help">${t("alerts-help")}</p>
      <${Switch} label=${t("alerts-desktop")} checked=${it.desktop && hasLeave()} error=${refused ? t("alerts-refused") : null} onValue=${desktop} />
      <div class="row"><${Switch} label=${t("alerts-sound")} checked=${it.sound} onValue=${(/** @type {boolean} */ sound) => changeAlerts({ sound })} />
        <span class="grow"></span>
        <${Button} size="small" kind="quiet" icon="volume-2" onClick=${chime}>${t("alerts-try")}<//></div>
      <${Switch} label=${t("alerts-quiet")} checked=${it.quiet} onValue=${(/** @type {boolean} */ quiet) => changeAlerts({ quiet })} />
      ${it.quiet && html`<div class="form-pair">
        <${TextField} type="time" required label=${t("alerts-from")} value=${it.from} onValue=${(/** @type {string} */ from) => from && changeAlerts({ from })} />
        <${TextField} type="time" required label=${t("alerts-until")} value=${it.until} onValue=${(/** @type {string} */ until) => until && changeAlerts({ until })} />
      </div>`}
    </fieldset>
  `;
}
