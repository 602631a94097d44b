import { useRef, useState } from "preact/hooks";
import { Banner } from "../../../components/banner.js";
import { Button } from "../../../components/button.js";
import { html } from "../../../html.js";
import { t } from "../../../words.js";

const MOST = 1600;

/**
 * The mail as its writer formatted it, in a frame that can run nothing and load nothing until asked.
 * @param {{entry: import("../../../types.js").Entry, onHide: () => void}} props
 */
export function Original({ entry }) {
  const [remote, setRemote] = useState(false);
  const frame = useRef(/** @type {HTMLIFrameElement|null} */ (null));
  const fit = () => {
    const element = frame.current;
    // a sandboxed document keeps its height to itself; then the frame stays at its start size and scrolls
    const inner = element?.contentDocument?.documentElement;
    if (element && inner) element.style.blockSize = `${Math.min(MOST, inner.scrollHeight + 2)}px`;
  };
  return html`
    ${entry.remote_images > 0 && !remote &&
    html`<${Banner} icon="image-off" title=${t("images-blocked", { n: entry.remote_images })} actions=${html`<${Button} size="small"
      onClick=${() => setRemote(true)}>${t("images-show")}<//>`}>${t("images-blocked-why")}<//>`}
    <iframe ref=${frame} class="original" title=${t("original")} sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      referrerpolicy="no-referrer" onLoad=${fit}
      src=${`/api/entries/${entry.id}/html?remote=${remote ? 1 : 0}`}></iframe>
  `;
}
