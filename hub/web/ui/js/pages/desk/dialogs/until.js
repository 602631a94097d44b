import { useLayoutEffect, useState } from "preact/hooks";
import { Button } from "../../../components/button.js";
import { DateTime } from "../../../components/datetime.js";
import { Dialog } from "../../../components/dialog.js";
import { html } from "../../../html.js";
import { t } from "../../../words.js";
import { askingUntil } from "../menuitems.js";
import { snoozeTimes } from "../snoozetimes.js";

/** Asks for the moment to come back. */
export function UntilDialog() {
  const choose = askingUntil.value;
  const [until, setUntil] = useState(/** @type {string|null} */ (null));
  const close = () => void (askingUntil.value = null);
  useLayoutEffect(() => {
    if (choose) setUntil(new Date(snoozeTimes(Date.now()).find((it) => it.id === "tomorrow")?.at ?? Date.now()).toISOString());
  }, [choose]);
  const late = until !== null && Date.parse(until) <= Date.now();
  const save = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!until || late) return;
    close();
    choose?.(until);
  };
  return html`
    <${Dialog} open=${choose !== null} title=${t("snooze-until")} closeLabel=${t("close")} onClose=${close}
      footer=${html`<${Button} onClick=${close}>${t("cancel")}<//><${Button} kind="primary" type="submit" form="until" icon="alarm-clock"
        disabled=${!until || late}>${t("snooze")}<//>`}>
      <form id="until" class="form" onSubmit=${save}>
        <${DateTime} label=${t("date-and-time")} value=${until} onValue=${setUntil} min=${new Date().toISOString()} error=${late ? t("until-late") : undefined} />
      </form>
    <//>
  `;
}
