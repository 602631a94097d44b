import { useEffect } from "preact/hooks";
import { get } from "../../api.js";
import { Button } from "../../components/button.js";
import { Empty } from "../../components/empty.js";
import { html } from "../../html.js";
import { t } from "../../words.js";

/** The page came, but the hub did not answer. It is asked again for a while; what it then says, the page finds out anew. */
export function Unreachable() {
  useEffect(() => {
    const stop = new AbortController();
    get("/api/session", stop.signal).then(
      () => location.reload(),
      (problem) => problem.status === 401 && location.reload(),
    );
    return () => stop.abort();
  }, []);
  return html`
    <main class="alone"><${Empty} page icon="cloud-off" tone="danger" title=${t("hub-unreachable")} action=${html`<${Button} kind="primary"
      icon="refresh-cw" onClick=${() => location.reload()}>${t("try-again")}<//>`}>${t("hub-unreachable-text")}<//></main>
  `;
}
