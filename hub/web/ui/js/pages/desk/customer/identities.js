import { useState } from "preact/hooks";
import { Badge } from "../../../components/badge.js";
import { Button } from "../../../components/button.js";
import { ChannelMark } from "../../../components/channelmark.js";
import { Icon } from "../../../components/icon.js";
import { say } from "../../../components/toast.js";
import { date, full } from "../../../format.js";
import { html } from "../../../html.js";
import { addressOf } from "../../../naming.js";
import { t } from "../../../words.js";
import { CallActions } from "../../calls/callactions.js";
import { kindWords } from "../composer/destination.js";
import { Section } from "./section.js";

/** More than these are folded. */
const SHOWN = 6;

/** Every address, whether it is proved, and what can be done with it. @param {{it: import("../../../types.js").Customer}} props */
export function Identities({ it }) {
  const [all, setAll] = useState(false);
  const shown = all || it.identities.length <= SHOWN + 1 ? it.identities : it.identities.slice(0, SHOWN);
  const rest = it.identities.length - shown.length;
  return html`
    <${Section} name="addresses" title=${t("addresses")} count=${it.identities.length}>
      <ul class="identities">${shown.map((one) => html`<${Line} key=${one.id} identity=${one} name=${it.name} />`)}</ul>
      ${rest > 0 && html`<button type="button" class="link side-more" onClick=${() => setAll(true)}>${t("show-more", { n: rest })}</button>`}
    <//>
  `;
}

/** @param {{identity: import("../../../types.js").Identity, name: string}} props */
function Line({ identity, name }) {
  const copy = () => void navigator.clipboard?.writeText(identity.address).then(() => say({ text: t("copied") }, 2000));
  return html`
    <li class="identity">
      <${ChannelMark} kind=${identity.kind} size=${16} label=${kindWords(identity.kind)} />
      <span class="identity-text">
        <span class="identity-address selectable aligned" dir="auto">${addressOf(identity)}</span>
        <span class="identity-facts">
          ${identity.verified
            ? html`<span class="row-fact" data-tip=${t("verified-tip")}><${Icon} name="circle-check" size=${12} />${t("verified")}</span>`
            : html`<span class="row-fact plain" data-tip=${t("unverified-tip")}><${Icon} name="circle-dashed" size=${12} />${t("unverified")}</span>`}
          ${identity.suppressed && html`<${Badge} tone="danger" icon="circle-x" tip=${full(identity.suppressed.since)}>
            ${t("suppressed", { reason: identity.suppressed.reason })}<//>`}
          ${identity.since && html`<span class="faint" data-tip=${full(identity.since)}>${t("known-since", { when: date(identity.since) })}</span>`}
        </span>
      </span>
      <${CallActions} identity=${identity} name=${name} />
      <${Button} kind="quiet" size="small" icon="copy" tip=${t("copy-address")} class="identity-copy" onClick=${copy} />
    </li>
  `;
}
