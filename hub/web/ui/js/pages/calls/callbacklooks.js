import { ago, list, short, span, time } from "../../format.js";
import { queues } from "../../state/callbacks.js";
import { agents } from "../../state/session.js";
import { t } from "../../words.js";

/** @typedef {import("../../types.js").CallbackState} State */

const LOOKS = /** @type {Record<State, [icon: string, tone: 'neutral'|'accent'|'success'|'warning'|'danger']>} */ ({
  requested: ["hourglass", "neutral"],
  scheduled: ["calendar-clock", "neutral"],
  due: ["clock", "accent"],
  reserved: ["user-check", "accent"],
  dialing_agent: ["phone-outgoing", "accent"],
  agent_accepted: ["phone-outgoing", "accent"],
  dialing_customer: ["phone-outgoing", "accent"],
  connected: ["phone-call", "success"],
  wrap_up: ["sticky-note", "accent"],
  retry_wait: ["rotate-ccw", "warning"],
  done: ["check", "success"],
  expired: ["circle-x", "danger"],
  canceled: ["x", "neutral"],
  voicemail_left: ["voicemail", "neutral"],
});

/** How a state looks. @param {State} state */
export const lookOfState = (state) => LOOKS[state] ?? ["info", "neutral"];
/** @param {State} state */
export const stateWords = (state) => t(`callback-state-${state.replaceAll("_", "-")}`);

/** "14:05–15:00", with the day when it is not today. @param {string} from @param {string} until */
export function windowWords(from, until) {
  const today = new Date().toDateString() === new Date(from).toDateString();
  return today ? `${time(from)}–${time(until)}` : `${short(from)} ${time(from)}–${time(until)}`;
}

/** Whether anybody is there to call them: otherwise nobody can say when. @param {import("../../types.js").Callback} it */
const takesCalls = (it) => queues.value.find((one) => one.id === it.queue.id)?.now.agents !== 0;

/** When it will be called, as far as somebody can say. @param {import("../../types.js").Callback} it */
export function whenWords(it) {
  const facts = [
    it.window && t("callback-window", { window: windowWords(it.window.from, it.window.until) }),
    it.expected_wait !== null && takesCalls(it) && t("callback-expected", { time: span(it.expected_wait * 1000) }),
    it.due_at && Date.parse(it.due_at) > Date.now() && !it.window && t("callback-not-before", { when: short(it.due_at) }),
  ].filter(Boolean);
  return facts.length ? list(/** @type {string[]} */ (facts)) : t("callback-asked", { when: ago(it.requested_at) });
}

/** Why it waits or ended, or how an attempt did. @param {string} why @param {number|null} [by] the agent who canceled it */
export const whyWords = (why, by = null) => t("callback-why", { why, words: why, name: (by !== null && agents.value.get(by)?.name) || t("agent-unknown") });
