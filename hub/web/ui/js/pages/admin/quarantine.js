import { useState } from "preact/hooks";
import { post, withQuery } from "../../api.js";
import { Button } from "../../components/button.js";
import { Dialog } from "../../components/dialog.js";
import { Empty } from "../../components/empty.js";
import { TextField } from "../../components/field.js";
import { Icon } from "../../components/icon.js";
import { Select } from "../../components/select.js";
import { say } from "../../components/toast.js";
import { ago, full, size } from "../../format.js";
import { html } from "../../html.js";
import { go } from "../../router.js";
import { channelList, channels } from "../../state/channels.js";
import { t } from "../../words.js";
import { Paged, usePages } from "./paged.js";

/** Mails that were received and kept, but could not be put on a timeline. @param {{channelId: number|null}} props */
export function QuarantinePage({ channelId }) {
  const pages = usePages("/api/quarantine", { channel_id: channelId });
  const [dismissing, setDismissing] = useState(/** @type {any} */ (null));
  const gone = (/** @type {number} */ id) => pages.setItems((held) => (held ?? []).filter((it) => it.id !== id));
  const filter = [{ value: null, label: t("all-channels") }, ...channelList.value.map((it) => ({ value: it.id, label: it.name }))];
  return html`
    <header class="page-head"><div><h1>${t("quarantine")}</h1><p class="muted">${t("quarantine-text")}</p></div>
      ${channelList.value.length > 1 && html`<${Select} label=${t("channel")} value=${channelId} options=${filter}
        onValue=${(/** @type {number|null} */ id) => go(withQuery("/admin/quarantine", { channel: id }))} />`}</header>
    <${Paged} pages=${pages} count=${4} empty=${html`<${Empty} icon="circle-check" title=${t("quarantine-empty")}>${t("quarantine-empty-text")}<//>`}
      draw=${(/** @type {any[]} */ all) => html`<ul class="cards">
        ${all.map((it) => html`<${Held} key=${it.id} it=${it} onGone=${() => gone(it.id)} onDismiss=${() => setDismissing(it)} />`)}</ul>`} />
    <${DismissDialog} it=${dismissing} onClose=${() => setDismissing(null)} onGone=${gone} />
  `;
}

/** @param {{it: any, onGone: () => void, onDismiss: () => void}} props */
function Held({ it, onGone, onDismiss }) {
  const [busy, setBusy] = useState(false);
  const [again, setAgain] = useState(/** @type {string|null} */ (null));
  const retry = async () => {
    setBusy(true);
    try {
      const { outcome, reason } = await post(`/api/quarantine/${it.id}/retry`);
      if (outcome === "stored") {
        say({ tone: "success", text: t("quarantine-stored", { subject: it.subject || it.from || "" }) });
        onGone();
      } else setAgain(reason);
    } catch (failure) {
      setAgain(/** @type {Error} */ (failure).message || t("change-failed"));
    } finally {
      setBusy(false);
    }
  };
  return html`
    <li class="card held">
      <div class="grow">
        <p class="strong truncate">${it.subject || t("no-subject")}</p>
        <p class="muted small truncate">
          ${it.from || t("unknown-sender")} · ${channels.value?.get(it.channel_id)?.name ?? ""} · <time datetime=${it.received_at}
          data-tip=${full(it.received_at)}>${ago(it.received_at)}</time> · <span class="number">${size(it.size)}</span></p>
        <p class="held-why"><${Icon} name="shield-alert" size=${14} /><span>${again ?? it.reason}</span>
          ${it.attempts > 1 && html`<span class="faint">${t("attempts", { n: it.attempts })}</span>`}</p>
      </div>
      <div class="held-actions">
        <${Button} size="small" icon="refresh-cw" busy=${busy} onClick=${retry}>${t("step-retry")}<//>
        <${Button} size="small" kind="quiet" icon="download" href=${`/api/quarantine/${it.id}/raw`} download tip=${t("download-source")} />
        <${Button} size="small" kind="quiet" onClick=${onDismiss}>${t("dismiss")}<//>
      </div>
    </li>
  `;
}

/** @param {{it: any, onClose: () => void, onGone: (id: number) => void}} props */
function DismissDialog({ it, onClose, onGone }) {
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const run = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(true);
    try {
      await post(`/api/quarantine/${it.id}/dismiss`, { reason: reason.trim() });
      onGone(it.id);
      setReason("");
      onClose();
    } catch (failure) {
      say({ tone: "danger", text: /** @type {Error} */ (failure).message || t("change-failed") });
    } finally {
      setBusy(false);
    }
  };
  return html`
    <${Dialog} open=${it !== null} title=${t("dismiss-title")} closeLabel=${t("close")} onClose=${onClose}
      footer=${html`<${Button} onClick=${onClose}>${t("cancel")}<//>
        <${Button} kind="danger" type="submit" form="dismiss" busy=${busy} disabled=${!reason.trim()}>${t("dismiss")}<//>`}>
      <form id="dismiss" class="form" onSubmit=${run}><p class="muted">${t("dismiss-text")}</p>
        <${TextField} label=${t("reason")} required value=${reason} onValue=${setReason} /></form>
    <//>
  `;
}
