import { whoOf } from "../../naming.js";
import { go } from "../../router.js";
import { alerts, hasLeave, quietNow } from "../../state/alerts.js";
import { conversation } from "../../state/conversations.js";
import { me } from "../../state/session.js";
import { entryListeners } from "../../store.js";
import { t } from "../../words.js";

/** @typedef {import("../../types.js").Conversation} Conversation */
/** @typedef {import("../../types.js").Entry} Entry */

/** An older entry that only changed, or that comes again after a break, is not news. In ms. */
const NEWS = 120_000;
/** @type {Set<number>} */
const told = new Set();

/** Whether the agent has this in front of them. @param {number} conversationId */
const looksAt = (conversationId) => document.visibilityState === "visible" && document.hasFocus() && location.pathname === `/conversations/${conversationId}`;

/** Why an entry concerns this agent; null if it does not.
 * @param {Entry} entry @param {Conversation|undefined} it @param {number} mine @returns {'message'|'mention'|'assigned'|'side'|null} */
export function concern(entry, it, mine) {
  if (entry.author.type === "agent" && entry.author.id === mine) return null;
  const data = /** @type {any} */ (entry.data);
  const follows = it && (it.assignee_id === mine || /** @type {any} */ (it).follower_ids?.includes(mine));
  if (entry.kind === "event") return data.type === "assigned" && data.assignee_id === mine ? "assigned" : data.type === "side_answered" && follows ? "side" : null;
  if (entry.kind === "note" && data.mentions?.includes(mine)) return "mention";
  return entry.direction === "in" && entry.automatic === "no" && follows ? "message" : null;
}

/** Listens for as long as the page is open. */
export const startAlerting = () => void entryListeners.add(alertOf);

/** @param {Entry} entry */
function alertOf(entry) {
  const agent = me.peek();
  if (!agent || told.has(entry.id) || Date.now() - new Date(entry.created_at).getTime() > NEWS) return;
  const it = conversation(entry.conversation_id);
  const why = concern(entry, it, agent.id);
  if (!why) return;
  told.add(entry.id);
  if (why === "side" && told.has(entry.data.entry_id)) return; // the answer itself was told of
  if (looksAt(entry.conversation_id) || quietNow.peek()) return;
  void onceForAllPages(`alert-${entry.id}`, () => {
    if (alerts.peek().sound) chime();
    if (alerts.peek().desktop && hasLeave()) notify(why, entry, it);
  });
}

/** @param {'message'|'mention'|'assigned'|'side'} why @param {Entry} entry @param {Conversation|undefined} it */
function notify(why, entry, it) {
  const name = it ? whoOf(it) : (entry.author.name ?? "");
  const title = why === "message" ? name : t(`alert-${why}`, { who: entry.author.name ?? "", name });
  const shown = new Notification(title, { body: (entry.text || it?.subject || "").slice(0, 160), tag: `entry-${entry.id}`, icon: "/ui/static/icon.svg", silent: true });
  shown.onclick = () => {
    focus();
    go(`/conversations/${entry.conversation_id}`);
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
