import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../components/button.js";
import { say } from "../../components/toast.js";
import { html } from "../../html.js";
import { t } from "../../words.js";

/** The line that puts a chat on a site, and the chat itself to try, with the colours and words as they are typed.
 * @param {{channel: import("../../types.js").Channel, typed: Record<string, any>}} props typed: settings, saved or not */
export function Embed({ channel, typed }) {
  const [shown, setShown] = useState(false);
  const source = `/hooks/${channel.id}/widget.js`;
  const tag = `<script async src="${channel.hooks_url}/widget.js"></script>`;
  const copy = () => void navigator.clipboard?.writeText(tag).then(() => say({ text: t("copied") }, 2000));
  const sites = String(channel.settings?.origins ?? "").split(/\s+/).filter(Boolean);
  return html`
    <section class="section">
      <header><h2>${t("embed")}</h2><p class="muted small">${t("embed-text")}</p></header>
      <div class="card embed">
        <div class="copy-line"><input class="input grow mono" readonly value=${tag} aria-label=${t("embed-tag")}
          onFocus=${(/** @type {any} */ e) => e.target.select()} /><${Button} icon="copy" onClick=${copy}>${t("copy")}<//></div>
        ${sites.length > 0 && html`<div><h3 class="small">${t("embed-sites")}</h3><ul class="embed-sites">
          ${sites.map((it) => html`<li key=${it}><code>${it}</code></li>`)}</ul></div>`}
        <div><${Button} icon="eye" aria-expanded=${String(shown)} onClick=${() => setShown(!shown)}>
          ${t(shown ? "embed-hide" : "embed-show")}<//></div>
        ${shown && html`<${Preview} key=${channel.version} source=${source} typed=${typed} />`}
      </div>
    </section>
  `;
}

/** The real chat on an empty page of the hub: messages written here arrive.
 * @param {{source: string, typed: Record<string, any>}} props */
function Preview({ source, typed }) {
  const frame = useRef(/** @type {HTMLIFrameElement|null} */ (null));
  const latest = useRef(typed);
  latest.current = typed;
  const chat = () => /** @type {any} */ (frame.current?.contentWindow)?.Allways;
  useEffect(() => {
    const page = /** @type {Document} */ (frame.current?.contentDocument);
    page.documentElement.lang = document.documentElement.lang;
    page.title = t("embed-preview");
    const script = page.createElement("script");
    script.src = source;
    script.onload = () => {
      chat()?.preview(latest.current);
      chat()?.open();
    };
    page.head.append(script);
  }, [source]);
  useEffect(() => chat()?.preview(typed), [typed]);
  return html`<iframe ref=${frame} class="embed-preview" title=${t("embed-preview")}></iframe>
    <p class="muted small">${t("embed-preview-text")}</p>`;
}
