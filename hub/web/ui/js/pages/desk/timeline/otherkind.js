import { markOf } from "../../../components/channelmark.js";
import { Icon } from "../../../components/icon.js";
import { span } from "../../../format.js";
import { html } from "../../../html.js";
import { hasWords, t } from "../../../words.js";
import { linked } from "./body.js";

/** Facts that have a place of their own below, or that mean nothing to a reader. */
const PLACED = new Set(["type", "duration_seconds", "recording_url", "transcript", "outcome", "status"]);

/**
 * An entry of a kind other than message, note or event: a call, a visit, a callback, or a kind that this page has
 * never heard of. What it says is shown: its name, its outcome, its length, its words, and its other facts by name.
 * @param {{entry: import("../../../types.js").Entry}} props
 */
export function OtherKind({ entry }) {
  const { data } = entry;
  const [icon] = markOf(entry.kind);
  const outcome = data.outcome ?? data.status ?? null;
  const facts = Object.entries(data).filter(([name, value]) => !PLACED.has(name) && ["string", "number", "boolean"].includes(typeof value) && !name.endsWith("_id"));
  return html`
    <div class="kind-bar">
      <${Icon} name=${icon} size=${18} />
      <strong>${hasWords(`kind-${entry.kind}`) ? t(`kind-${entry.kind}`, { direction: entry.direction }) : readable(entry.kind)}</strong>
      ${outcome !== null && html`<span class="muted">${readable(String(outcome))}</span>`}
      ${typeof data.duration_seconds === "number" && html`<span class="number muted">${span(data.duration_seconds * 1000)}</span>`}
    </div>
    ${typeof data.recording_url === "string" && data.recording_url.startsWith("/") && html`<audio class="kind-audio" controls preload="none"
      src=${data.recording_url}></audio>`}
    ${entry.text && html`<div class="entry-text" dir="auto">${linked(entry.text)}</div>`}
    ${facts.length > 0 && html`<dl class="kind-facts">${facts.map(([name, value]) => html`<div key=${name}><dt>${readable(name)}</dt><dd>
      ${String(value)}</dd></div>`)}</dl>`}
    ${typeof data.transcript === "string" && html`<details class="kind-transcript"><summary><${Icon} name="chevron-right" size=${14} />
      ${t("transcript")}</summary><div class="entry-text" dir="auto">${data.transcript}</div></details>`}
  `;
}

/** "no_answer" as "No answer". @param {string} code */
const readable = (code) => {
  const words = code.replaceAll(/[_-]+/g, " ").trim();
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
};
