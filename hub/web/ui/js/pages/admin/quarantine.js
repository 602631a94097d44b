import { useEffect, useState } from "preact/hooks";
import { post, withQuery } from "../../api.js";
import { Button } from "../../components/button.js";
import { Dialog } from "../../components/dialog.js";
import { Empty } from "../../components/empty.js";
import { TextField } from "../../components/field.js";
import { Icon } from "../../components/icon.js";
import { Select } from "../../components/select.js";
import { say } from "../../components/toast.js";
import { ago, full, number, size } from "../../format.js";
import { html } from "../../html.js";
import { go } from "../../router.js";
import { channelList, channels } from "../../state/channels.js";
import { t } from "../../words.js";
import { Paged, usePages } from "./paged.js";

/** @typedef {{id: number, channel_id: number, subject: string|null, from: string|null, received_at: string, size: number, reason: string, attempts: number, again?: boolean}} Held again: tried just now, in vain */

const nameOf = (/** @type {Held} */ it) => it.subject || it.from || t("no-subject");
const sayFailure = (/** @type {any} */ failure) => say({ tone: "danger", text: failure.message || t("change-failed") });

/** One after the other; what somebody else has settled meanwhile counts as done. @param {Held[]} all @param {(it: Held) => Promise<void>} act @param {(done: number) => void} tell */
async function each(all, act, tell) {
  for (const [at, it] of all.entries()) {
    tell(at);
    try {
      await act(it);
    } catch (failure) {
      if (/** @type {any} */ (failure).status !== 409) throw failure;
    }
  }
}

/** Mails that were received and kept, but could not be put on a timeline. @param {{channelId: number|null}} props */
export function QuarantinePage({ channelId }) {
  const pages = usePages("/api/quarantine", { channel_id: channelId });
  const [chosen, setChosen] = useState(/** @type {ReadonlySet<number>} */ (new Set()));
  const [dismissing, setDismissing] = useState(/** @type {Held[]} */ ([]));
  const [busy, setBusy] = useState(/** @type {{ids: number[], done: number}|null} */ (null));
  useEffect(() => setChosen(new Set()), [channelId]);
  const gone = (/** @type {Held} */ it) => {
    pages.setItems((held) => (held ?? []).filter((one) => one.id !== it.id));
    setChosen((held) => new Set([...held].filter((id) => id !== it.id)));
  };
  const toggle = (/** @type {number} */ id) => setChosen((held) => new Set(held.has(id) ? [...held].filter((one) => one !== id) : [...held, id]));
  const run = async (/** @type {Held[]} */ all, /** @type {(it: Held) => Promise<void>} */ act) => {
    const ids = all.map((it) => it.id);
    try {
      await each(all, act, (done) => setBusy({ ids, done }));
    } finally {
      setBusy(null);
    }
  };
  const retry = async (/** @type {Held[]} */ all) => {
    let stored = 0;
    try {
      await run(all, async (it) => {
        const { outcome, reason } = await post(`/api/quarantine/${it.id}/retry`);
        if (outcome === "stored") {
          stored += 1;
          gone(it);
        } else pages.setItems((held) => (held ?? []).map((one) => (one.id === it.id ? { ...one, reason, attempts: one.attempts + 1, again: true } : one)));
      });
      if (all.length > 1) say({ tone: stored ? "success" : undefined, text: t("quarantine-tried", { stored: number(stored), held: number(all.length - stored) }) });
      else if (stored) say({ tone: "success", text: t("quarantine-stored", { subject: nameOf(all[0]) }) });
    } catch (failure) {
      sayFailure(failure);
    }
  };
  const dismiss = async (/** @type {string} */ reason) => {
    await run(dismissing, async (it) => {
      await post(`/api/quarantine/${it.id}/dismiss`, { reason });
      gone(it);
    });
    say({ text: t("quarantine-dismissed", { n: dismissing.length, count: number(dismissing.length) }) });
  };
  const filter = [{ value: null, label: t("all-channels") }, ...channelList.value.map((it) => ({ value: it.id, label: it.name }))];
  return html`
    <header class="page-head"><div><h1>${t("quarantine")}</h1><p class="muted">${t("quarantine-text")}</p></div>
      ${channelList.value.length > 1 && html`<${Select} label=${t("channel")} value=${channelId} options=${filter}
        onValue=${(/** @type {number|null} */ id) => go(withQuery("/admin/quarantine", { channel: id }))} />`}</header>
    <${Paged} pages=${pages} count=${4} empty=${html`<${Empty} icon="circle-check" title=${t("quarantine-empty")}>${t("quarantine-empty-text")}<//>`}
      draw=${(/** @type {Held[]} */ all) => html`
        ${all.length > 1 && html`<${Tools} all=${all} chosen=${all.filter((it) => chosen.has(it.id))} busy=${busy} onChosen=${setChosen} onRetry=${retry} onDismiss=${setDismissing} />`}
        <ul class="cards">${all.map((it) => html`<${HeldCard} key=${it.id} it=${it} busy=${busy?.ids[busy.done] === it.id} ticked=${all.length > 1 ? chosen.has(it.id) : null}
          onTick=${() => toggle(it.id)} onRetry=${() => retry([it])} onDismiss=${() => setDismissing([it])} />`)}</ul>`} />
    <${DismissDialog} all=${dismissing} onClose=${() => setDismissing([])} dismiss=${dismiss} />
  `;
}

/** What can be done to many at once, and how far it has come.
 * @param {{all: Held[], chosen: Held[], busy: {ids: number[], done: number}|null, onChosen: (ids: Set<number>) => void, onRetry: (all: Held[]) => void, onDismiss: (all: Held[]) => void}} props */
function Tools({ all, chosen, busy, onChosen, onRetry, onDismiss }) {
  const some = chosen.length > 0 && chosen.length < all.length;
  const show = (/** @type {HTMLInputElement|null} */ box) => box && (box.indeterminate = some);
  const many = busy !== null && busy.ids.length > 1;
  return html`
    <div class="held-tools" role="toolbar" aria-label=${t("bulk-actions")}>
      <label class="row"><input ref=${show} type="checkbox" checked=${chosen.length === all.length} onChange=${() => onChosen(new Set(chosen.length ? [] : all.map((it) => it.id)))} />
        <span role="status">${many ? t("quarantine-progress", { done: number(busy.done), all: number(busy.ids.length) })
          : chosen.length ? t("quarantine-chosen", { n: chosen.length, count: number(chosen.length) }) : t("quarantine-all")}</span></label>
      ${chosen.length > 0 && html`<span class="held-actions push">
        <${Button} size="small" icon="refresh-cw" busy=${many} onClick=${() => onRetry(chosen)}>${t("step-retry")}<//>
        <${Button} size="small" disabled=${many} onClick=${() => onDismiss(chosen)}>${t("dismiss")}<//></span>`}
    </div>
  `;
}

/** @param {{it: Held, busy: boolean, ticked: boolean|null, onTick: () => void, onRetry: () => void, onDismiss: () => void}} props ticked: null where there is nothing to choose from */
const HeldCard = ({ it, busy, ticked, onTick, onRetry, onDismiss }) => html`
  <li class="card held">
    ${ticked !== null && html`<label class="held-tick"><input type="checkbox" checked=${ticked} aria-label=${t("tick", { name: nameOf(it) })} onChange=${onTick} /></label>`}
    <div class="grow">
      <p class="strong truncate" dir="auto">${it.subject || t("no-subject")}</p>
      <p class="muted small held-from">
        <bdi>${it.from || t("unknown-sender")}</bdi> · <bdi>${channels.value?.get(it.channel_id)?.name ?? ""}</bdi> · <time datetime=${it.received_at}
        data-tip=${full(it.received_at)}>${ago(it.received_at)}</time> · <span class="number">${size(it.size)}</span></p>
      <p class="held-why"><${Icon} name="shield-alert" size=${14} /><span><span dir="auto">${it.reason}</span>
        ${it.attempts > 1 && html` <span class="faint">${t("attempts", { n: it.attempts })}</span>`}
        ${it.again && html`<strong class="held-again" role="status">${t("quarantine-again")}</strong>`}</span></p>
    </div>
    <div class="held-actions">
      <${Button} size="small" icon="refresh-cw" busy=${busy} onClick=${onRetry}>${t("step-retry")}<//>
      <${Button} size="small" kind="quiet" icon="download" href=${`/api/quarantine/${it.id}/raw`} download tip=${t("download-source")} />
      <${Button} size="small" kind="quiet" onClick=${onDismiss}>${t("dismiss")}<//>
    </div>
  </li>
`;

/** @param {{all: Held[], onClose: () => void, dismiss: (reason: string) => Promise<void>}} props */
function DismissDialog({ all, onClose, dismiss }) {
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const run = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(true);
    try {
      await dismiss(reason.trim());
      setReason("");
      onClose();
    } catch (failure) {
      sayFailure(failure);
    } finally {
      setBusy(false);
    }
  };
  return html`
    <${Dialog} open=${all.length > 0} title=${t("dismiss-title", { n: all.length, count: number(all.length) })} closeLabel=${t("close")} onClose=${onClose}
      footer=${html`<${Button} onClick=${onClose}>${t("cancel")}<//>
        <${Button} kind="danger" type="submit" form="dismiss" busy=${busy} disabled=${!reason.trim()}>${t("dismiss")}<//>`}>
      <form id="dismiss" class="form" onSubmit=${run}><p class="muted">${t("dismiss-text", { n: all.length })}</p>
        <${TextField} label=${t("reason")} required maxlength="300" value=${reason} onValue=${setReason} /></form>
    <//>
  `;
}
