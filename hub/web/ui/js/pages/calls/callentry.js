import { useState } from "preact/hooks";
import { Badge } from "../../components/badge.js";
import { Icon } from "../../components/icon.js";
import { list } from "../../format.js";
import { html } from "../../html.js";
import { agents, me } from "../../state/session.js";
import { t } from "../../words.js";
import { clock } from "./clock.js";
import { callWords, lookOf } from "./looks.js";
import { WrapUp } from "./wrapup.js";

/** @typedef {import("../../types.js").Entry} Entry */

/** Whether a file is a sound that the entry plays. @param {{content_type: string}} file */
export const isSound = (file) => file.content_type.startsWith("audio/");

/** A call on the timeline: who, how long, how it went, what was said. @param {{entry: Entry}} props */
export function CallEntry({ entry }) {
  const data = /** @type {import("../../types.js").CallData} */ (entry.data);
  const [editing, setEditing] = useState(false);
  const [icon, tone] = lookOf(data);
  const names = data.agent_ids.map((id) => (id === me.value?.id ? t("you") : (agents.value.get(id)?.name ?? ""))).filter(Boolean);
  const over = data.ended_at !== null;
  const facts = [
    data.waited_seconds > 0 && t("call-waited", { time: clock(data.waited_seconds) }),
    data.held_seconds > 0 && t("call-held", { time: clock(data.held_seconds) }),
    data.transferred && t("call-transferred"),
    data.recorded && t(data.consent === "given" ? "call-recorded-consent" : "call-recorded"),
    data.consent === "refused" && t("call-recording-refused"),
  ].filter(Boolean);
  const sounds = entry.attachments.filter(isSound);
  return html`
    <div class=${`kind-bar call-bar-entry ${tone}`}>
      <${Icon} name=${icon} size=${18} />
      <strong>${callWords(data)}</strong>
      ${names.length > 0 && html`<span class="muted truncate">${t("call-with", { names: list(names) })}</span>`}
      ${data.talk_seconds > 0 && html`<span class="number">${clock(data.talk_seconds)}</span>`}
    </div>
    ${facts.length > 0 && html`<p class="call-facts">${facts.map((fact, at) => html`<span key=${at}>${fact}</span>`)}</p>`}
    ${sounds.map((it) => html`<audio key=${it.id} class="kind-audio" controls preload="none" src=${it.url}
      aria-label=${t(data.state === "voicemail" ? "call-voicemail-sound" : "call-recording")}></audio>`)}
    ${data.transcript && html`<details class="kind-transcript" open=${data.state === "voicemail"}>
      <summary><${Icon} name="chevron-right" size=${14} />${t("transcript")}</summary>
      ${data.said?.length ? html`<dl class="said selectable">${data.said.map((it, at) => html`<div key=${at} class=${it.who}>
        <dt>${t(`said-by-${it.who}`)}</dt><dd dir="auto">${it.text}</dd></div>`)}</dl>`
      : html`<div class="entry-text selectable" dir="auto">${data.transcript}</div>`}</details>`}
    ${editing
      ? html`<${WrapUp} callId=${data.call_id} disposition=${data.disposition} notes=${data.notes} onDone=${() => setEditing(false)}
          onCancel=${() => setEditing(false)} />`
      : html`
        ${data.disposition && html`<p class="call-outcome"><${Badge} tone="accent" icon="check">${data.disposition}<//></p>`}
        ${data.notes && html`<div class="entry-text call-notes" dir="auto">${data.notes}</div>`}
        ${over && html`<div class="entry-tools"><button type="button" class="entry-tool" onClick=${() => setEditing(true)}>
          ${t(data.disposition || data.notes ? "call-edit" : "call-note")}</button></div>`}`}
  `;
}
