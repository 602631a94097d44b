import { useEffect, useState } from "preact/hooks";
import { Button } from "../../../components/button.js";
import { Icon } from "../../../components/icon.js";
import { html } from "../../../html.js";
import { scheduled, sendNow } from "../../../state/scheduled.js";
import { t } from "../../../words.js";
import { sayProblem } from "../commands.js";
import { undoSend } from "../undosend.js";

/** Under a message that waits only to be undone: how long still, and the way back. @param {{id: number}} props */
export function HoldLine({ id }) {
  const it = scheduled(id);
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const count = () => setLeft(it ? Math.max(0, Math.ceil((Date.parse(it.send_at) - Date.now()) / 1000)) : 0);
    count();
    const timer = setInterval(count, 500);
    return () => clearInterval(timer);
  }, [it?.send_at]);
  if (!it) return null;
  return html`
    <footer class="delivery quiet hold">
      <p class="delivery-state"><${Icon} name="clock" size=${14} />
        <span class="delivery-words">${left > 0 ? t("hold-left", { n: left }) : t("delivery-sending")}</span></p>
      <div class="delivery-steps">
        <${Button} size="small" icon="undo-2" onClick=${() => undoSend(id)}>${t("undo-send")}<//>
        <${Button} size="small" kind="quiet" onClick=${() => sendNow(id).catch(sayProblem)}>${t("scheduled-send-now")}<//>
      </div>
    </footer>
  `;
}
