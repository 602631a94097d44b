import { say } from "../../components/toast.js";
import { whoOf } from "../../naming.js";
import { go } from "../../router.js";
import { alerts, hasLeave, quietNow } from "../../state/alerts.js";
import { conversation } from "../../state/conversations.js";
import { me } from "../../state/session.js";
import { mineNext, taskListeners } from "../../state/tasks.js";
import { entryListeners } from "../../store.js";
import { t } from "../../words.js";

/** @typedef {import("../../types.js").Conversation} Conversation */
/** @typedef {import("../../types.js").Entry} Entry */
/** @typedef {import("../../types.js").Task} Task */

/** An older entry that only changed, or that comes again after a break, is not news. In ms. */
const NEWS = 120_000;
/** @type {Set<number>} */
const told = new Set();

/** Whether the agent has this in front of them. @param {number} conversationId */
const looksAt = (conversationId) => document.visibilityState === "visible" && document.hasFocus() && location.pathname === `/conversations/${conversationId}`;

/** Why an entry concerns this agent; null if it does not.
 * @param {Entry} entry @param {Conversation|undefined} it @param {number} mine @returns {'message'|'mention'|'assigned'|'side'|'woke'|'note'|'answer'|null} */
export function concern(entry, it, mine) {
  if (entry.author.type === "agent" && entry.author.id === mine) return null;
  const data = /** @type {any} */ (entry.data);
  const follows = it && (it.assignee_id === mine || /** @type {any} */ (it).follower_ids?.includes(mine));
  if (entry.kind === "event") {
    if (data.type === "assigned") return data.assignee_id === mine ? "assigned" : null;
    if (!follows) return null;
    return data.type === "side_answered" ? "side" : data.type === "woke" && entry.author.type === "system" ? "woke" : null;
  }
  if (entry.kind === "note") return data.mentions?.includes(mine) ? "mention" : follows ? "note" : null;
  if (entry.direction === "out") return entry.kind === "message" && entry.author.type === "agent" && follows ? "answer" : null;
  return entry.direction === "in" && entry.automatic === "no" && follows ? "message" : null;
}

/** Why a task concerns this agent now: it has fallen due, or somebody gave it to them. `held` is what it was before; of what
 * was not held it can be said only when all of the agent's are (`all`).
 * @param {Task} task @param {Task|undefined} held @param {number} mine @param {boolean} all @returns {'due'|'given'|null} */
export function taskConcern(task, held, mine, all) {
  if (task.deleted || task.done_at || task.assignee_id !== mine) return null;
  if (task.reminded_at && task.reminded_at !== held?.reminded_at) return isNews(task.reminded_at) ? "due" : null;
  if (held) return held.assignee_id === mine ? null : "given";
  return task.version === 1 ? (task.agent_id !== mine && isNews(task.created_at) ? "given" : null) : all ? "given" : null;
}

/** Listens for as long as the page is open. */
export function startAlerting() {
  entryListeners.add(alertOf);
  taskListeners.add(alertOfTask);
}

/** @param {string} at */
const isNews = (at) => Date.now() - new Date(at).getTime() <= NEWS;

/** @param {Entry} entry */
function alertOf(entry) {
  const agent = me.peek();
  if (!agent || told.has(entry.id) || !isNews(entry.created_at)) return;
  const it = conversation(entry.conversation_id);
  const why = concern(entry, it, agent.id);
  if (!why) return;
  told.add(entry.id);
  if (why === "side" && told.has(entry.data.entry_id)) return; // the answer itself was told of
  if (looksAt(entry.conversation_id)) return;
  const name = it ? whoOf(it) : (entry.author.name ?? "");
  const title = why === "message" ? name : t(`alert-${why}`, { who: entry.author.name ?? "", name });
  call(`entry-${entry.id}`, title, entry.text || it?.subject || "", `/conversations/${entry.conversation_id}`);
}

/** @param {Task} task @param {Task|undefined} held */
function alertOfTask(task, held) {
  const agent = me.peek();
  const why = agent && taskConcern(task, held, agent.id, mineNext.peek() === null);
  if (!why) return;
  const where = task.conversation_id ? `/conversations/${task.conversation_id}` : `/c/${task.customer.id}`;
  say({ text: t(`alert-task-${why}`, { text: task.text.slice(0, 90) }), action: { label: t("show"), run: () => go(where) } }, 12_000);
  call(`task-${task.id}-${why}-${task.reminded_at}`, t(`alert-task-${why}`, { text: task.text }), task.customer.name, where);
}

/** By sound and by a notification of the system, as this device is to. @param {string} tag @param {string} title @param {string} body @param {string} where */
function call(tag, title, body, where) {
  if (quietNow.peek()) return;
  void onceForAllPages(`alert-${tag}`, () => {
    if (alerts.peek().sound) chime();
    if (alerts.peek().desktop && hasLeave()) notify(tag, title, body, where);
  });
}

/** @param {string} tag @param {string} title @param {string} body @param {string} where */
function notify(tag, title, body, where) {
  const shown = new Notification(title, { body: body.slice(0, 160), tag, icon: "/ui/static/icon.svg", silent: true });
  shown.onclick = () => {
    focus();
    go(where);
    shown.close();
  };
}

/** Several pages of one browser hear the same: the first one speaks, and holds its word while the others come.
 * @param {string} name @param {() => void} run */
async function onceForAllPages(name, run) {
  if (!navigator.locks) return run(); // a hub on plain http: each page speaks for itself
  await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    run();
    await new Promise((done) => setTimeout(done, 5_000));
  });
}

/** @type {AudioContext|null} */
let audio = null;

/** Two soft notes; nothing to download. A browser that wants a click on the page first stays silent. */
export function chime() {
  audio ??= new AudioContext();
  void audio.resume();
  [660, 880].forEach((pitch, index) => {
    const context = /** @type {AudioContext} */ (audio);
    const from = context.currentTime + index * 0.14;
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.frequency.value = pitch;
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(0.12, from + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, from + 0.35);
    tone.connect(gain).connect(context.destination);
    tone.start(from);
    tone.stop(from + 0.4);
  });
}
