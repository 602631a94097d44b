import { Button } from "../../components/button.js";
import { Empty } from "../../components/empty.js";
import { html } from "../../html.js";
import { t } from "../../words.js";

/** The page came, but the hub did not answer. */
export const Unreachable = () => html`
  <main class="alone"><${Empty} page icon="cloud-off" tone="danger" title=${t("hub-unreachable")} action=${html`<${Button} kind="primary"
    icon="refresh-cw" onClick=${() => location.reload()}>${t("try-again")}<//>`}>${t("hub-unreachable-text")}<//></main>
`;
