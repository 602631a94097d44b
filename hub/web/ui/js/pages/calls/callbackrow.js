import { useState } from "preact/hooks";
import { Badge } from "../../components/badge.js";
import { Button } from "../../components/button.js";
import { DateTime } from "../../components/datetime.js";
import { Dialog } from "../../components/dialog.js";
import { Icon } from "../../components/icon.js";
import { Menu } from "../../components/menu.js";
import { say } from "../../components/toast.js";
import { ago, full, number } from "../../format.js";
import { html } from "../../html.js";
import { numberOf } from "../../naming.js";
import { changeCallback, loadCallback } from "../../state/callbacks.js";
import { toWrapUp } from "../../state/calls.js";
import { t } from "../../words.js";
import { sayProblem } from "../desk/commands.js";
import { lookOfState, stateWords, whenWords, whyWords } from "./callbacklooks.js";
import { WrapUp } from "./wrapup.js";

/** @typedef {import("../../types.js").Callback} Callback */

/** One who wants to be called: place, who, when, how far, and what can be done. @param {{it: Callback, chosen: boolean}} props */
export function CallbackRow({ it, chosen }) {
  const [open, setOpen] = useState(chosen);
  const [dialog, setDialog] = useState(/** @type {'move'|'cancel'|null} */ (null));
  const [icon, tone] = lookOfState(it.state);
  const show = () => {
    setOpen(!open);
    if (!open) void loadCallback(it.id).catch(sayProblem);
  };
  const name = it.name || it.customer?.name || numberOf(it);
  const lift = async (/** @type {number} */ priority) => {
    const before = it.priority;
    try {
      await changeCallback(it.id, { priority });
      say({ text: t("callback-priority-set", { name }), action: { label: t("undo"), run: () => void changeCallback(it.id, { priority: before }).catch(sayProblem) } });
    } catch (problem) {
      sayProblem(problem);
    }
  };
  const items = [
    ...(it.changes.includes("move") ? [{ label: t("callback-move"), icon: "calendar-clock", onSelect: () => setDialog("move") }] : []),
    ...(it.changes.includes("priority")
      ? [
          { label: t("callback-sooner"), icon: "arrow-up", onSelect: () => void lift(it.priority + 1) },
          { label: t("callback-later"), icon: "arrow-down", onSelect: () => void lift(it.priority - 1) },
        ]
      : []),
    ...(it.changes.includes("cancel") ? [{ divider: true, label: "" }, { label: t("callback-cancel"), icon: "x", danger: true, onSelect: () => setDialog("cancel") }] : []),
  ];
  return html`
    <li class=${`callback-row ${chosen ? "chosen" : ""}`}>
      <div class="callback-line">
        <span class="callback-place number" data-tip=${it.place === null ? undefined : t("callback-place", { n: it.place })}>
          ${it.place === null ? html`<${Icon} name=${icon} size=${16} />` : number(it.place)}</span>
        <button type="button" class="callback-main" aria-expanded=${String(open)} onClick=${show}>
          <span class="row row-wrap callback-who"><strong class="truncate">${name}</strong>
            ${name !== numberOf(it) && html`<span class="muted small number">${numberOf(it)}</span>`}
            <${Badge} tone=${tone} icon=${icon}>${stateWords(it.state)}<//>
            ${it.priority !== 0 && html`<${Badge} tone=${it.priority > 0 ? "warning" : "neutral"} icon=${it.priority > 0 ? "arrow-up" : "arrow-down"}>
              ${t("callback-priority", { n: number(it.priority) })}<//>`}</span>
          ${it.reason && !open && html`<span class="truncate callback-reason" dir="auto">${it.reason}</span>`}
          <span class="muted small">${whenWords(it)}${it.calls > 0 ? ` · ${t("callback-calls", { n: it.calls })}` : ""}${it.agent ? ` · ${it.agent.name}` : ""}</span>
        </button>
        ${it.conversation_id !== null && html`<${Button} size="small" kind="quiet" icon="history" href=${`/conversations/${it.conversation_id}`}
          tip=${t("callback-timeline", { name })} />`}
        ${items.length > 0 && html`<${Menu} label=${t("actions-for", { name })} items=${items} align="end"
          trigger=${(/** @type {any} */ attributes) => html`<${Button} ...${attributes} size="small" kind="quiet" icon="ellipsis"
          tip=${t("actions-for", { name })} />`} />`}
      </div>
      ${open && html`<${Details} it=${it} />`}
      <${MoveDialog} it=${it} open=${dialog === "move"} name=${name} onClose=${() => setDialog(null)} />
      <${CancelDialog} it=${it} open=${dialog === "cancel"} name=${name} onClose=${() => setDialog(null)} />
    </li>
  `;
}

/** Where it came from, what was tried, how it ended; that is written where the bar of the call does not ask for it already. @param {{it: Callback}} props */
function Details({ it }) {
  const facts = /** @type {[string, any][]} */ (
    [
      [t("queue"), it.queue.name],
      [t("callback-source"), t(`callback-source-${it.source.replaceAll("_", "-")}`)],
      [t("callback-requested"), html`<time datetime=${it.requested_at} data-tip=${full(it.requested_at)}>${ago(it.requested_at)}</time>`],
      [t("callback-zone"), it.time_zone],
      it.preferred_agent && [t("callback-preferred"), it.preferred_agent.name],
      it.disposition && [t("disposition"), it.disposition],
    ].filter(Boolean)
  );
  return html`
    <div class="callback-details">
      ${it.reason && html`<p class="entry-text" dir="auto">${it.reason}</p>`}
      ${it.outcome && html`<p class="small">${whyWords(it.outcome, it.canceled_by?.id)}</p>`}
      <dl class="channel-facts">${facts.map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
      ${it.changes.includes("wrap_up") && it.call_id !== null && toWrapUp.value[0]?.id !== it.call_id
        ? html`<${WrapUp} callId=${it.call_id} callbackId=${it.id} disposition=${it.disposition ?? ""} notes=${it.notes} onDone=${() => undefined} />`
        : it.notes && html`<p class="entry-text small" dir="auto">${it.notes}</p>`}
      ${(it.attempts?.length ?? 0) > 0 && html`<ol class="attempts" aria-label=${t("callback-attempts")} reversed>
        ${it.attempts?.map((one) => html`<li key=${one.number}><time class="number" datetime=${one.started_at} data-tip=${full(one.started_at)}>
          ${ago(one.started_at)}</time> ${one.agent?.name ?? ""} <span class="muted">${one.result ? whyWords(one.result) : t("callback-attempt-now")}</span></li>`)}</ol>`}
    </div>
  `;
}

/** @param {{it: Callback, open: boolean, name: string, onClose: () => void}} props */
function MoveDialog({ it, open, name, onClose }) {
  const [from, setFrom] = useState(it.window?.from ?? null);
  const [until, setUntil] = useState(it.window?.until ?? null);
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    try {
      await changeCallback(it.id, { window: from && until ? { from, until } : null });
      onClose();
    } catch (failure) {
      setProblem(failure);
    }
  };
  const error = problem && (problem.errors?.[0]?.message || problem.message || t("change-failed"));
  return html`
    <${Dialog} open=${open} title=${t("callback-move-of", { name })} closeLabel=${t("close")} onClose=${onClose}
      footer=${html`<${Button} onClick=${onClose}>${t("cancel")}<//>
        <${Button} kind="primary" type="submit" form=${`move-${it.id}`} disabled=${Boolean(from) !== Boolean(until)}>${t("save")}<//>`}>
      <form id=${`move-${it.id}`} class="form" onSubmit=${save}>
        <p class="muted">${t("callback-move-text")}</p>
        <div class="form-pair">
          <${DateTime} label=${t("callback-from")} value=${from} onValue=${setFrom} error=${error || undefined} />
          <${DateTime} label=${t("callback-until")} value=${until} min=${from ?? undefined} onValue=${setUntil} /></div>
      </form>
    <//>
  `;
}

/** It cannot be undone, so it is asked. @param {{it: Callback, open: boolean, name: string, onClose: () => void}} props */
function CancelDialog({ it, open, name, onClose }) {
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      await changeCallback(it.id, { state: "canceled" });
      onClose();
    } catch (problem) {
      sayProblem(problem);
    } finally {
      setBusy(false);
    }
  };
  return html`<${Dialog} open=${open} title=${t("callback-cancel-of", { name })} closeLabel=${t("close")} onClose=${onClose}
    footer=${html`<${Button} onClick=${onClose}>${t("callback-keep")}<//>
      <${Button} kind="danger" busy=${busy} onClick=${run}>${t("callback-cancel")}<//>`}>
    <p>${t("callback-cancel-text")}</p><//>`;
}
