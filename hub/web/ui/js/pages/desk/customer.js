import { useEffect, useState } from "preact/hooks";
import { get, withQuery } from "../../api.js";
import { Avatar } from "../../components/avatar.js";
import { Badge } from "../../components/badge.js";
import { Button } from "../../components/button.js";
import { ChannelMark } from "../../components/channelmark.js";
import { Dialog } from "../../components/dialog.js";
import { Empty } from "../../components/empty.js";
import { TextField } from "../../components/field.js";
import { Icon } from "../../components/icon.js";
import { Skeleton } from "../../components/skeleton.js";
import { say } from "../../components/toast.js";
import { ago, date, full, short } from "../../format.js";
import { html } from "../../html.js";
import { addressOf } from "../../naming.js";
import { back, go } from "../../router.js";
import { conversation } from "../../state/conversations.js";
import { changeCustomer, customer, dismissSuggestion, loadCustomer, merge, undoMerge } from "../../state/customers.js";
import { timelineOf } from "../../state/timelines.js";
import { hasWords, t } from "../../words.js";
import { CallActions } from "../calls/callactions.js";
import { subjectOf, threadTint } from "./choice.js";
import { sayProblem } from "./commands.js";
import { kindWords } from "./destination.js";
import { Facts } from "./facts.js";

/** @typedef {import("../../types.js").Customer} Customer */

/** Who this is: names, every address, likely duplicates, and what was joined. @param {{customerId: number|null}} props */
export function CustomerPane({ customerId }) {
  const it = customer(customerId);
  const [failed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    if (customerId !== null) loadCustomer(customerId).catch(() => setFailed(true));
  };
  useEffect(load, [customerId]);
  useEffect(() => {
    if (it?.merged_into) go(`/c/${it.merged_into}`, { replace: true });
  }, [it?.merged_into]);
  return html`
    <aside class="pane pane-customer" aria-label=${t("customer")}>
      <header class="pane-head customer-head">
        <${Button} kind="quiet" icon="arrow-left" tip=${t("back")} onClick=${() => back(location.pathname)} /><h1>${t("customer")}</h1>
        </header>
      <div class="customer-scroll">
        ${it ? html`<${Details} it=${it} />` : failed ? html`<${Empty} icon="cloud-off" tone="danger" title=${t("load-failed")}
          action=${html`<${Button} icon="refresh-cw" onClick=${load}>${t("try-again")}
          <//>`} />` : html`<${Skeleton} kind="lines" count=${4} label=${t("loading")} />`}
      </div>
    </aside>
  `;
}

/** @param {{it: Customer}} props */
function Details({ it }) {
  const [merging, setMerging] = useState(false);
  return html`
    <${NameCard} it=${it} />
    ${it.suggestions.length > 0 && html`<section class="side-section"><h3>${t("suggestions")}</h3>
      ${it.suggestions.map((s) => html`<${Suggestion} key=${s.customer.id} it=${it} suggestion=${s} />`)}</section>`}
    <section class="side-section">
      <h3>${t("addresses")}</h3>
      <ul class="identities">
        ${it.identities.map((identity) => html`
          <li key=${identity.id} class="identity">
            <${ChannelMark} kind=${identity.kind} size=${16} label=${kindWords(identity.kind)} />
            <span class="identity-text">
              <span class="identity-address selectable">${addressOf(identity)}</span>
              <span class="identity-facts">
                ${identity.verified && html`<span class="row-fact"><${Icon} name="circle-check" size=${12} />${t("verified")}</span>`}
                ${identity.suppressed && html`<${Badge} tone="danger" icon="circle-x" tip=${full(identity.suppressed.since)}>
                  ${t("suppressed", { reason: identity.suppressed.reason })}<//>`}
                ${identity.since && html`<span class="faint" data-tip=${full(identity.since)}>
                  ${t("known-since", { when: date(identity.since) })}</span>`}
              </span>
            </span>
            <${CallActions} identity=${identity} name=${it.name} />
            <${Button} kind="quiet" size="small" icon="copy" tip=${t("copy-address")} class="identity-copy"
              onClick=${() => void navigator.clipboard?.writeText(identity.address).then(() => say({ text: t("copied") }, 2000))} />
          </li>`)}
      </ul>
    </section>
    <${Threads} it=${it} />
    <${Facts} it=${it} />
    ${it.merges.length > 0 && html`<section class="side-section"><h3>${t("merges")}</h3><ul class="merges">
      ${it.merges.map((m) => html`<${MergeLine} key=${m.id} it=${it} merge=${m} />`)}</ul></section>`}
    <div class="side-actions"><${Button} kind="quiet" size="small" icon="git-merge" onClick=${() => setMerging(true)}>${t("merge-with")}<//>
      </div>
    <${MergeDialog} it=${it} open=${merging} onClose=${() => setMerging(false)} />
  `;
}

/** The name, changed in place. @param {{it: Customer}} props */
function NameCard({ it }) {
  const [editing, setEditing] = useState(false);
  const [name, setName] = useState(it.name);
  const shown = it.name || (it.identities[0] ? addressOf(it.identities[0]) : "");
  const save = (/** @type {Event} */ event) => {
    event.preventDefault();
    setEditing(false);
    if (name.trim() && name.trim() !== it.name) changeCustomer(it.id, { name: name.trim() }).catch(sayProblem);
  };
  return html`
    <div class="name-card">
      <${Avatar} name=${shown} size="large" />
      ${editing
        ? html`<form class="name-form" onSubmit=${save}>
          <input class="input" aria-label=${t("name")} value=${name} autofocus
          ref=${(/** @type {HTMLInputElement|null} */ e) => e && !e.dataset.ready && ((e.dataset.ready = "1"), e.select())}
              onInput=${(/** @type {any} */ e) => setName(e.target.value)}
                onKeyDown=${(/** @type {KeyboardEvent} */ e) => e.key === "Escape" && (e.stopPropagation(), setEditing(false))} />
            <${Button} type="submit" size="small" kind="primary" icon="check" tip=${t("save")} /></form>`
        : html`<div class="name-text"><h2 class=${`selectable ${shown.length > 22 ? "long" : ""}`}>${shown}</h2>
          <p class="faint tiny" data-tip=${full(it.created_at)}>${t("customer-since", { when: date(it.created_at) })}</p></div>
            <${Button} kind="quiet" size="small" icon="pencil" tip=${t("rename")} onClick=${() => (setName(it.name), setEditing(true))} />`}
    </div>
  `;
}

/** Probably the same person: why, and both answers. @param {{it: Customer, suggestion: Customer['suggestions'][number]}} props */
function Suggestion({ it, suggestion }) {
  const [busy, setBusy] = useState(false);
  const other = suggestion.customer;
  const run = async (/** @type {() => Promise<any>} */ action) => {
    setBusy(true);
    try {
      await action();
    } catch (problem) {
      sayProblem(problem);
    } finally {
      setBusy(false);
    }
  };
  const why = hasWords(`reason-${suggestion.reason.replaceAll("_", "-")}`) ? t(`reason-${suggestion.reason.replaceAll("_", "-")}`) : suggestion.reason.replaceAll("_", " ");
  return html`
    <div class="suggestion">
      <a class="suggestion-who" href=${`/c/${other.id}`}><${Avatar} name=${other.name || "?"} size="small" /><span class="menu-text">
        <span class="truncate strong">${other.name || (other.identities[0] && addressOf(other.identities[0]))}</span><span class="menu-detail">
        ${other.identities.map((i) => addressOf(i)).join(" · ")}</span></span></a>
      <p class="suggestion-why"><${Icon} name="info" size=${12} />${why}${suggestion.detail ? html`<span class="muted">${suggestion.detail}
        </span>` : null}</p>
      <div class="row"><${Button} size="small" icon="git-merge" busy=${busy}
        onClick=${() => run(() => mergeWithUndo(it.id, other.id, other.name))}>${t("merge")}<//>
        <${Button} size="small" kind="quiet" disabled=${busy} onClick=${() => run(() => dismissSuggestion(it.id, other.id))}>
        ${t("not-same")}<//></div>
    </div>
  `;
}

/** @param {number} id @param {number} otherId @param {string} name */
async function mergeWithUndo(id, otherId, name) {
  const merged = await merge(id, otherId);
  const entry = merged.merges.find((m) => m.other.id === otherId && m.undoable);
  say({ text: t("merged-toast", { name }), ...(entry ? { action: { label: t("undo"), run: () => void undoMerge(id, entry.id).catch(sayProblem) } } : {}) });
}

/** @param {{it: Customer, merge: Customer['merges'][number]}} props */
function MergeLine({ it, merge: m }) {
  const [busy, setBusy] = useState(false);
  const undo = () => {
    setBusy(true);
    undoMerge(it.id, m.id)
      .then(() => say({ text: t("unmerged-toast", { name: m.other.name }) }))
      .catch(sayProblem)
      .finally(() => setBusy(false));
  };
  return html`<li class="merge-line"><${Icon} name="git-merge" size=${14} /><span class="grow"><span>
    ${t("merged-from", { name: m.other.name })}</span><span class="faint tiny" data-tip=${full(m.at)}>
    ${ago(m.at)}${m.by ? ` · ${m.by.name}` : ""}</span></span>
    ${m.undoable && html`<${Button} size="small" kind="quiet" icon="undo-2" busy=${busy} onClick=${undo}>${t("undo")}<//>`}</li>`;
}

/** The conversations that the loaded timeline touches: a small map of it. @param {{it: Customer}} props */
function Threads({ it }) {
  const ids = [...new Set(timelineOf(it.id).entries.value.map((entry) => entry.conversation_id))].reverse();
  const held = ids.map((id) => conversation(id)).filter((c) => c !== undefined);
  if (!held.length) return null;
  return html`
    <section class="side-section"><h3>${t("conversations")}</h3>
      <ul class="thread-list">${held.slice(0, 12).map((c) => html`<li key=${c.id}>
        <a class=${`thread-link ${threadTint(c.id)}`} href=${`/conversations/${c.id}`}><span class="thread-mark" aria-hidden="true"></span>
        <span class="truncate grow">${subjectOf(c)}</span>
        ${c.state === "resolved" ? html`<${Icon} name="check" size=${14} label=${t("state-resolved")} />` : html`<span
          class="faint tiny number">${short(c.last_entry_at)}</span>`}</a></li>`)}</ul>
    </section>
  `;
}

/** Find the other one and fold it into this one. @param {{it: Customer, open: boolean, onClose: () => void}} props */
function MergeDialog({ it, open, onClose }) {
  const [query, setQuery] = useState("");
  const [found, setFound] = useState(/** @type {any[]} */ ([]));
  const [chosen, setChosen] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (!query.trim()) return setFound([]);
    const stop = new AbortController();
    const timer = setTimeout(() => get(withQuery("/api/customers", { query: query.trim(), limit: 10 }), stop.signal).then(({ items }) => setFound(items.filter((/** @type {any} */ c) => c.id !== it.id))).catch(() => undefined), 150);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query]);
  const run = async () => {
    setBusy(true);
    try {
      await mergeWithUndo(it.id, chosen.id, chosen.name);
      onClose();
    } catch (problem) {
      sayProblem(problem);
    } finally {
      setBusy(false);
    }
  };
  return html`
    <${Dialog} open=${open} title=${t("merge-title", { name: it.name })} closeLabel=${t("close")} onClose=${onClose}
      footer=${html`<${Button} onClick=${onClose}>${t("cancel")}<//>
        <${Button} kind="primary" icon="git-merge" busy=${busy} disabled=${!chosen} onClick=${run}>${t("merge")}<//>`}>
      <p class="muted">${t("merge-text")}</p>
      <${TextField} label=${t("merge-search")} value=${query} onValue=${(/** @type {string} */ v) => (setQuery(v), setChosen(null))}
        autocomplete="off" />
      <div class="choices" role="radiogroup" aria-label=${t("customers")}>
        ${found.map((c) => html`<label key=${c.id} class="choice">
          <input type="radio" name="other" checked=${chosen?.id === c.id} onChange=${() => setChosen(c)} />
          <${Avatar} name=${c.name || "?"} size="small" /><span class="menu-text"><span class="truncate">${c.name}</span>
          <span class="menu-detail">${c.identities.map((/** @type {any} */ i) => addressOf(i)).join(" · ")}</span></span></label>`)}
        ${query.trim() && found.length === 0 && html`<p class="menu-empty">${t("search-nothing", { query: query.trim() })}</p>`}
      </div>
    <//>
  `;
}
