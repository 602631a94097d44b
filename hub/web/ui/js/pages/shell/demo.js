import { remove } from "../../api.js";
import { say } from "../../components/toast.js";
import { signal } from "@preact/signals";
import { html } from "../../html.js";
import { Button } from "../../components/button.js";
import { Dialog } from "../../components/dialog.js";
import { t } from "../../words.js";

const asking = signal(false);
const busy = signal(false);

/** Removing the demo cannot be undone, so this is the one place that asks first. */
export const removeDemo = async () => (asking.value = true);

async function run() {
  busy.value = true;
  try {
    await remove("/api/demo");
    location.assign("/");
  } catch (problem) {
    say({ tone: "danger", text: /** @type {Error} */ (problem).message || t("change-failed") });
  } finally {
    busy.value = false;
    asking.value = false;
  }
}

export const DemoDialog = () => html`
  <${Dialog} open=${asking.value} title=${t("demo-remove")} closeLabel=${t("close")} onClose=${() => (asking.value = false)}
    footer=${html`<${Button} onClick=${() => (asking.value = false)}>${t("cancel")}<//>
      <${Button} kind="danger" busy=${busy.value} onClick=${run}>${t("demo-remove")}<//>`}>
    <p>${t("demo-remove-text")}</p>
  <//>
`;
