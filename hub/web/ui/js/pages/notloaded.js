import { Button } from "../components/button.js";
import { Empty } from "../components/empty.js";
import { html } from "../html.js";
import { t } from "../words.js";

/** In the place of what could not be read: why, and the way to try again. @param {{problem?: any, onAgain: () => void}} props */
export const NotLoaded = ({ problem, onAgain }) => html`
  <${Empty} icon="cloud-off" tone="danger" title=${t("load-failed")} action=${html`<${Button} icon="refresh-cw" onClick=${onAgain}>${t("try-again")}<//>`}>
    ${problem?.message || t("load-failed-text")}<//>
`;
