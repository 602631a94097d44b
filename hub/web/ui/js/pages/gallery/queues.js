import { useState } from "preact/hooks";
import { Button } from "../../components/button.js";
import { Icon } from "../../components/icon.js";
import { LabelDot, LabelPill, TINTS } from "../../components/labelpill.js";
import { Menu } from "../../components/menu.js";
import { TypedInput } from "../../components/typedinput.js";
import { html } from "../../html.js";
import { PRIORITIES, PriorityMark } from "../desk/menuitems.js";

const NAMES = ["Refund", "Complaint", "Delivery damaged in transit by the carrier", "VIP", "Legal", "Wholesale", "شكوى", "苦情"];
const WORDS = { none: "Not set", yes: "Yes", no: "No" };
const TYPES = ["text", "number", "boolean", "date", "choice", "url"];

/** The parts of the queues in their states. */
export function QueueParts() {
  const [ticked, setTicked] = useState([2]);
  const [values, setValues] = useState(/** @type {Record<string, any>} */ ({ text: "A-1001", number: 12.5, boolean: true, date: "2026-11-25", choice: "Damage", url: null }));
  const items = TINTS.map((tint) => ({
    label: NAMES[tint - 1],
    before: html`<${LabelDot} tint=${tint} />`,
    stay: true,
    checked: /** @type {boolean|'mixed'} */ (tint === 5 ? "mixed" : ticked.includes(tint)),
    onSelect: () => setTicked(ticked.includes(tint) ? ticked.filter((it) => it !== tint) : [...ticked, tint]),
  }));
  return html`
    <section class="gallery-section"><h2>Label, priority, several choices</h2><div class="gallery-stage">
      ${TINTS.map((tint) => html`<${LabelPill} key=${tint} name=${NAMES[tint - 1]} tint=${tint} />`)}
      ${PRIORITIES.map((it) => html`<${PriorityMark} key=${it} priority=${it} size=${18} label=${it} />`)}
      <${Menu} label="Labels" filter="Find a label" empty="Nothing has this name" items=${items} extra=${(/** @type {string} */ name) => [{ label: `Create “${name}”`, icon: "plus" }]}
        trigger=${(/** @type {any} */ a) => html`<${Button} ...${a} icon="tag" iconEnd="chevron-down">Several of many<//>`} />
    </div></section>
    <section class="gallery-section"><h2>Condition, progress</h2><div class="gallery-stage">
      ${["Priority", "A field with a name that is far too long for its place"].map((label, at) => html`<div key=${label} class=${at ? "chip incomplete" : "chip"}>
        <span class="chip-field"><${Icon} name="flag" size=${13} /><span class="truncate">${label}</span></span><span class="chip-op">is</span>
        <button type="button" class="chip-part"><span class="truncate">${at ? "choose" : "Urgent or High"}</span></button>
        <button type="button" class="chip-part chip-remove" aria-label="Remove"><${Icon} name="x" size=${13} /></button></div>`)}
      <div class="bulk-progress grow" role="status"><span class="spinner" aria-hidden="true"></span><span>340 of 1,000 done</span>
        <progress max="1000" value="340" aria-label="Progress"></progress></div>
    </div></section>
    <section class="gallery-section"><h2>Typed field</h2><div class="gallery-stage">
      ${TYPES.map((type) => html`<${TypedInput} key=${type} label=${type} type=${type} choices=${["Damage", "Delay"]} value=${values[type]} words=${WORDS}
        onValue=${(/** @type {any} */ value) => setValues({ ...values, [type]: value })} />`)}
      <${TypedInput} label="Refused" type="number" choices=${[]} value=${-1} words=${WORDS} error="Enter an amount above zero." onValue=${() => undefined} />
    </div></section>
  `;
}
