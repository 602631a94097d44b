import { useState } from "preact/hooks";
import { Banner } from "../../components/banner.js";
import { Button } from "../../components/button.js";
import { Icon } from "../../components/icon.js";
import { Menu } from "../../components/menu.js";
import { now } from "../../format.js";
import { html } from "../../html.js";
import { addressOf, whoOf } from "../../naming.js";
import { agentCalls, current, isFree, isMine, mine, noteCall, ringsForMe, setAvailability, stepCall, toWrapUp } from "../../state/calls.js";
import { activeAgents, me } from "../../state/session.js";
import { t } from "../../words.js";
import { sayProblem } from "../desk/commands.js";
import { clock, useSeconds } from "./clock.js";
import { WrapUp } from "./wrapup.js";

/** @typedef {import("../../types.js").Call} Call */

/** The calls that an agent is in, on every page; then how they ended. */
export const CallBar = () => html`
  <${Missed} />
  ${current.value.map((call) => html`<${Live} key=${call.id} call=${call} />`)}
  ${current.value.length === 0 && toWrapUp.value.slice(0, 1).map((call) => html`<${After} key=${`after-${call.id}`} call=${call} />`)}
`;

/** The hub made me away, for my telephone rang and nobody took the call: one click back. */
function Missed() {
  const [busy, setBusy] = useState(false);
  if (mine.value?.away_reason !== "missed_call") return null;
  const be = async (/** @type {'available'|'away'} */ availability) => {
    setBusy(true);
    try {
      await setAvailability(availability);
    } catch (problem) {
      sayProblem(problem);
    } finally {
      setBusy(false);
    }
  };
  return html`<div class="missed-call"><${Banner} tone="warning" icon="phone-missed" live title=${t("missed-title")} actions=${html`
    <${Button} size="small" kind="quiet" disabled=${busy} onClick=${() => be("away")}>${t("missed-stay")}<//>
    <${Button} size="small" kind="primary" busy=${busy} onClick=${() => be("available")}>${t("missed-back")}<//>`}>${t("missed-text")}<//></div>`;
}

const STEPS = /** @type {Record<string, string>} */ ({ decline: "phone-off", hold: "pause", resume: "play", pause_recording: "circle-dot", resume_recording: "circle-dot", hang_up: "phone-off" });

/** What is happening, in a word. @param {Call} call */
function stateWords(call) {
  if (!isMine(call)) return t("call-bar-rings");
  if (call.held_since) return t("call-bar-held");
  return t(call.state === "talking" ? "call-bar-talking" : "call-bar-customer-rings");
}

/** @param {{call: Call}} props */
function Live({ call }) {
  const now = useSeconds();
  const [busy, setBusy] = useState(/** @type {string|null} */ (null));
  const since = call.held_since ?? (call.state === "talking" ? (call.answered_at ?? call.started_at) : call.started_at);
  const run = async (/** @type {string} */ step, /** @type {any} */ body = undefined) => {
    setBusy(step);
    try {
      await stepCall(call.id, step, body);
    } catch (problem) {
      sayProblem(problem);
    } finally {
      setBusy(null);
    }
  };
  // who does not take it leaves it to the others: a caller is not cut off, nor a talk between two
  const declines = call.next_steps.includes("decline") && ringsForMe(call);
  const steps = declines ? ["decline"] : call.next_steps.filter((it) => it in STEPS && it !== "hang_up" && it !== "decline");
  return html`
    <section class=${`call-bar ${call.held_since ? "held" : ""}`} aria-label=${t("call-bar", { name: whoOf(call) })}>
      <${Icon} name=${call.state === "talking" ? "phone-call" : call.direction === "in" ? "phone-incoming" : "phone-outgoing"} size=${18} />
      <a class="call-who truncate" href=${`/conversations/${call.conversation_id}`}><strong class="truncate">${whoOf(call)}</strong>
        ${call.customer.name && html`<span class="call-number">${addressOf(call.identity)}</span>`}</a>
      <span class="call-state"><span role="status">${stateWords(call)}</span> <time class="number">
        ${clock((now - Date.parse(since)) / 1000)}</time>
        ${call.recording && html`<span class="call-rec"><${Icon} name="circle-dot" size=${14} />${t("call-bar-recording")}</span>`}</span>
      <span class="call-steps">
        ${steps.map((step) => html`<${Button} key=${step} size="small" icon=${STEPS[step]} busy=${busy === step}
          onClick=${() => run(step)}>${t(`call-step-${step.replaceAll("_", "-")}`)}<//>`)}
        ${!declines && call.next_steps.includes("transfer") && html`<${Transfer} onChoose=${(/** @type {number} */ id) => run("transfer", { agent_id: id })} />`}
        ${!declines && call.next_steps.includes("hang_up") && html`<${Button} size="small" kind="danger" icon="phone-off" busy=${busy === "hang_up"}
          onClick=${() => run("hang_up")}>${t("call-step-hang-up")}<//>`}
      </span>
    </section>
  `;
}

/** Who else could take it, those who are free first. @param {{onChoose: (agentId: number) => void}} props */
function Transfer({ onChoose }) {
  const items = activeAgents.value
    .filter((it) => it.id !== me.value?.id)
    .map((it) => ({ it, state: agentCalls.value.get(it.id) }))
    .map(({ it, state }) => ({ it, state, free: state !== undefined && isFree(state, now.value) }))
    .sort((a, b) => Number(b.free) - Number(a.free))
    .map(({ it, state, free }) => ({ label: it.name, detail: t(free ? "agent-free" : state?.device ? `availability-${state.availability}` : "agent-no-device"), disabled: !free, onSelect: () => onChoose(it.id) }));
  return html`<${Menu} label=${t("call-step-transfer")} items=${items} align="end" filter=${t("assign-filter")} empty=${t("assign-unknown")}
    trigger=${(/** @type {any} */ attributes) => html`<${Button} ...${attributes} size="small" icon="phone-forwarded"
    iconEnd="chevron-down">${t("call-step-transfer")}<//>`} />`;
}

/** @param {{call: Call}} props */
const After = ({ call }) => html`
  <section class="call-bar after" aria-label=${t("wrap-up-of", { name: whoOf(call) })}>
    <${Icon} name="phone-off" size=${18} />
    <a class="call-who truncate" href=${`/conversations/${call.conversation_id}`}><strong class="truncate">${whoOf(call)}</strong>
      <span class="call-number">${t("call-ended-after", { time: clock(call.talk_seconds) })}</span></a>
    <${WrapUp} callId=${call.id} callbackId=${call.callback_id} disposition=${call.disposition ?? ""} notes=${call.notes ?? ""} onDone=${() => undefined}
      onCancel=${() => void noteCall(call.id, { wrapped_up: true }).catch(sayProblem)} cancelWords=${t("wrap-up-later")} />
  </section>
`;
