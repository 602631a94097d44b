import { useState } from "preact/hooks";
import { post, remove } from "../../api.js";
import { Badge } from "../../components/badge.js";
import { Banner } from "../../components/banner.js";
import { Button } from "../../components/button.js";
import { ChannelMark } from "../../components/channelmark.js";
import { Dialog } from "../../components/dialog.js";
import { Empty } from "../../components/empty.js";
import { TextField } from "../../components/field.js";
import { Select } from "../../components/select.js";
import { say } from "../../components/toast.js";
import { ago, full } from "../../format.js";
import { html } from "../../html.js";
import { addressOf } from "../../naming.js";
import { channelList } from "../../state/channels.js";
import { t } from "../../words.js";
import { kindWords } from "../desk/composer/destination.js";
import { Paged, usePages } from "./paged.js";

/** Addresses that nothing is sent to, why, since when, and the way back. */
export function SuppressionsPage() {
  const pages = usePages("/api/suppressions");
  const { items, setItems } = pages;
  const [adding, setAdding] = useState(false);
  const keep = (/** @type {any} */ one) => setItems((held) => [one, ...(held ?? []).filter((it) => it.id !== one.id)]);
  const lift = async (/** @type {any} */ it) => {
    const again = async () => {
      try {
        keep(await post("/api/suppressions", asNew(it)));
      } catch (failure) {
        sayFailure(failure);
      }
    };
    try {
      await remove(`/api/suppressions/${it.id}`);
      setItems((held) => (held ?? []).filter((other) => other.id !== it.id));
      say({ tone: "success", text: t("suppression-lifted", { address: addressOf(it.identity) }), action: { label: t("undo"), run: () => void again() } });
    } catch (failure) {
      sayFailure(failure);
    }
  };
  const add = html`<${Button} kind="primary" icon="plus" onClick=${() => setAdding(true)}>${t("suppression-add")}<//>`;
  return html`
    <header class="page-head"><div><h1>${t("suppressions")}</h1><p class="muted">${t("suppressions-text")}</p></div>
      ${items !== null && items.length > 0 && add}</header>
    <${Paged} pages=${pages} count=${3} empty=${html`<${Empty} icon="circle-check" title=${t("suppressions-empty")} action=${add}>${t("suppressions-empty-text")}<//>`}
      draw=${(/** @type {any[]} */ all) => html`<ul class="card agent-list">${all.map((it) => html`<${Row} key=${it.id} it=${it} onLift=${() => lift(it)} />`)}</ul>`} />
    <${AddDialog} open=${adding} onClose=${() => setAdding(false)} onAdded=${keep} />
  `;
}

const sayFailure = (/** @type {any} */ failure) => say({ tone: "danger", text: failure.message || t("change-failed") });

/** What brings it back as it was. @param {any} it */
const asNew = ({ identity, channel_id, reason }) => ({ kind: identity.kind, address: identity.address, channel_id, reason });

/** @param {{it: any, onLift: () => void}} props */
function Row({ it, onLift }) {
  const { identity } = it;
  return html`
    <li class="agent-row">
      <${ChannelMark} kind=${it.channel?.kind ?? identity.kind} behind=${identity.kind} size=${18} />
      <span class="grow stack-tight">
        <span class="row row-wrap"><span class="strong truncate">${addressOf(identity)}</span>
          ${identity.name && html`<span class="muted small truncate">${identity.name}</span>`}
          <${Badge}>${it.channel ? it.channel.name : t("every-channel")}<//></span>
        <span class="muted small">${it.reason} · ${it.by ? html`${t("entered-by", { name: it.by.name })} · ` : null}<time datetime=${it.since}
          data-tip=${full(it.since)}>${ago(it.since)}</time></span>
      </span>
      <${Button} size="small" onClick=${onLift}>${t("suppression-lift")}<//>
    </li>
  `;
}

/** @param {{open: boolean, onClose: () => void, onAdded: (one: any) => void}} props */
function AddDialog({ open, onClose, onAdded }) {
  const all = channelList.value.filter((it) => it.offers?.send);
  const kinds = [...new Set(all.map((it) => /** @type {string} */ (it.offers?.address_kind)))];
  const [form, setForm] = useState({ kind: "", address: "", channel_id: /** @type {number|null} */ (null), reason: "" });
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const kind = form.kind || kinds[0] || "email";
  const reachedBy = all.filter((it) => it.offers?.address_kind === kind);
  const set = (/** @type {string} */ name) => (/** @type {any} */ value) => setForm((held) => ({ ...held, [name]: value }));
  const wrong = (/** @type {string} */ field) => problem?.errors?.find((/** @type {any} */ e) => e.field === field)?.message;
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      onAdded(await post("/api/suppressions", { ...form, kind, address: form.address.trim(), reason: form.reason.trim() }));
      setForm({ kind, address: "", channel_id: null, reason: "" });
      onClose();
    } catch (failure) {
      setProblem(failure);
    } finally {
      setBusy(false);
    }
  };
  return html`
    <${Dialog} open=${open} title=${t("suppression-add")} closeLabel=${t("close")} onClose=${onClose}
      footer=${html`<${Button} onClick=${onClose}>${t("cancel")}<//>
        <${Button} kind="primary" type="submit" form="suppression" busy=${busy} disabled=${!form.address.trim() || !form.reason.trim()}>
        ${t("suppression-add")}<//>`}>
      <form id="suppression" class="form" onSubmit=${save}>
        ${problem && html`<${Banner} tone="danger" live>${problem.message || t("change-failed")}<//>`}
        ${kinds.length > 1 && html`<${Select} label=${t("address-kind")} value=${kind}
          options=${kinds.map((it) => ({ value: it, label: kindWords(it) }))}
          onValue=${(/** @type {string} */ it) => setForm((held) => ({ ...held, kind: it, channel_id: null }))} />`}
        <${TextField} label=${t("address")} required value=${form.address} error=${wrong("address")} onValue=${set("address")}
          autocomplete="off" />
        <${Select} label=${t("channel")} value=${form.channel_id} onValue=${set("channel_id")}
          options=${[{ value: null, label: t("every-channel") }, ...reachedBy.map((it) => ({ value: it.id, label: it.name }))]} />
        <${TextField} label=${t("reason")} help=${t("suppression-reason-help")} required value=${form.reason} error=${wrong("reason")}
          onValue=${set("reason")} />
      </form>
    <//>
  `;
}
