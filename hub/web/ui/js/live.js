import { effect, signal } from "@preact/signals";
import { getCsrf, reachable } from "./api.js";
import { clearPresence, setPresence } from "./state/presence.js";

/**
 * The agents' socket: snapshot plus events by sequence. A broken line is taken up again from the last position;
 * when the hub cannot resume, the snapshots are read anew.
 */

/** @type {import("@preact/signals").Signal<'connecting'|'live'|'lost'>} */
export const connection = signal("connecting");

const LONGEST_WAIT = 15_000;
/** The hub pings every 20 s; twice that without a word is a dead line. */
const SILENCE = 45_000;
const VIEWING_EVERY = 15_000;

/** @type {WebSocket|null} */
let socket = null;
/** @type {string|null} */
let position = null;
let attempt = 0;
let started = false;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let retryTimer;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let silenceTimer;

/** @type {{apply: (changes: any[]) => void, reload: () => void, signedOut: () => void}} */
let handlers;

/** @param {typeof handlers} given @param {string|null} from the position of the first snapshot */
export function startLive(given, from) {
  if (started) return;
  started = true;
  handlers = given;
  position = from;
  connect();
  addEventListener("online", () => connect());
  addEventListener("offline", () => socket?.close());
  setInterval(tellViewing, VIEWING_EVERY);
}

function connect() {
  clearTimeout(retryTimer);
  if (socket && socket.readyState <= WebSocket.OPEN) return;
  if (!navigator.onLine) {
    connection.value = "lost"; // the event "online" calls again
    return;
  }
  const line = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/live`);
  socket = line;
  line.onopen = () => {
    line.send(JSON.stringify({ type: "hello", position, csrf: getCsrf() }));
    listenForSilence();
  };
  line.onmessage = (event) => {
    listenForSilence();
    receive(JSON.parse(event.data));
  };
  line.onclose = (event) => {
    if (socket !== line) return;
    socket = null;
    clearTimeout(silenceTimer);
    clearPresence();
    if (event.code === 4401) return handlers.signedOut();
    connection.value = "lost";
    const wait = Math.random() * Math.min(LONGEST_WAIT, 500 * 2 ** attempt);
    attempt += 1;
    retryTimer = setTimeout(connect, wait);
  };
}

function listenForSilence() {
  clearTimeout(silenceTimer);
  silenceTimer = setTimeout(() => socket?.close(), SILENCE);
}

/** @param {any} message */
function receive(message) {
  switch (message.type) {
    case "welcome": {
      const first = position === null;
      position = message.position;
      attempt = 0;
      connection.value = "live";
      reachable.value = true;
      if (!message.resumed && !first) handlers.reload();
      tellViewing();
      return;
    }
    case "events":
      position = message.position;
      handlers.apply(message.items);
      return;
    case "presence":
      setPresence(message.conversation_id, message.agents, message.customer?.writing);
      return;
    case "ping":
      say({ type: "pong" });
  }
}

/** @param {object} message */
function say(message) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

/** What I look at and whether I write: told at once when it changes, and again while it lasts. */
export const viewing = signal({ conversation_id: /** @type {number|null} */ (null), writing: false });

function tellViewing() {
  const visible = document.visibilityState === "visible";
  say({ type: "viewing", ...viewing.peek(), ...(visible ? {} : { conversation_id: null, writing: false }) });
}

effect(() => {
  void viewing.value;
  tellViewing();
});
document.addEventListener("visibilitychange", tellViewing);

/** @param {number|null} conversationId @param {boolean} [writing] */
export function lookAt(conversationId, writing = false) {
  const held = viewing.peek();
  if (held.conversation_id !== conversationId || held.writing !== writing) viewing.value = { conversation_id: conversationId, writing };
}
