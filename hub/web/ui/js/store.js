import { batch, signal } from "@preact/signals";
import { whenSignedOut } from "./api.js";
import { startLive } from "./live.js";
import { route } from "./router.js";
import { callbackStirred, loadQueues, reloadCallbacks } from "./state/callbacks.js";
import { dropAgentCalls, loadCalls, upsertAgentCalls, upsertCall } from "./state/calls.js";
import { loadChannels, upsertChannel } from "./state/channels.js";
import { upsertBulk } from "./state/bulk.js";
import { loadConversation, renameCustomer, seenUpTo, upsertConversation, watched } from "./state/conversations.js";
import { customerChanged, reloadCustomers } from "./state/customers.js";
import { draftChanged, loadDrafts } from "./state/drafts.js";
import { loadMentions, mentions, mentionsChanged } from "./state/mentions.js";
import { reloadReplies } from "./state/replies.js";
import { forgetRelated, relatedChanged } from "./state/related.js";
import { reloadScheduled, upsertScheduled } from "./state/scheduled.js";
import { keepMe, loadAgents, upsertAgent } from "./state/session.js";
import { reloadTasks, taskChanged } from "./state/tasks.js";
import { reloadTimelines, upsertEntry } from "./state/timelines.js";
import { definitionsStirred, loadDefinitions } from "./state/definitions.js";
import { refreshCounts, reloadViews } from "./state/views.js";

/** The customer whose timeline is on the screen. */
export const shownCustomer = signal(/** @type {number|null} */ (null));

/** Told of every entry that comes live. @type {Set<(entry: import("./types.js").Entry) => void>} */
export const entryListeners = new Set();

/** Every change from the hub is a whole object that replaces an older version of itself.
 * @param {any[]} changes */
export function apply(changes) {
  let renamed = false;
  batch(() => {
    for (const change of changes) {
      switch (change.type) {
        case "conversation":
          upsertConversation(change.conversation);
          refreshCounts();
          break;
        case "desk":
          definitionsChanged();
          break;
        case "task":
          taskChanged(change.task);
          break;
        case "related":
          void relatedChanged(change.conversation_id);
          break;
        case "bulk":
          upsertBulk(change.bulk);
          break;
        case "scheduled":
          upsertScheduled(change.scheduled);
          break;
        case "draft":
          draftChanged(change.conversation_id, change.draft);
          break;
        case "mention":
          mentionsChanged(change.mentions);
          break;
        case "seen":
          seenUpTo(change.conversation_id, change.entry_id);
          break;
        case "entry":
          upsertEntry(change.customer_id, change.entry);
          for (const id of change.also_customer_ids ?? []) upsertEntry(id, change.entry);
          if (change.entry.kind === "callback") callbackStirred(change.entry, change.customer_id);
          for (const listener of entryListeners) listener(change.entry);
          break;
        case "customer":
          renameCustomer(change.customer);
          void customerChanged(change.customer);
          refreshCounts();
          if (mentions.peek().length) void loadMentions().catch(() => undefined);
          break;
        case "channel":
          renamed = upsertChannel(change.channel) || renamed;
          break;
        case "call":
          upsertCall(change.call);
          break;
        case "agent_calls":
          upsertAgentCalls(change.agent);
          break;
        case "agent":
          renamed = upsertAgent(change.agent) || renamed;
          if (change.agent.disabled) dropAgentCalls(change.agent.id);
          break;
        case "me":
          void keepMe(change.agent).catch(() => undefined);
          definitionsStirred.value += 1;
      }
    }
  });
  // their names stand in too many places to change each
  if (renamed) reload();
}

function definitionsChanged() {
  definitionsStirred.value += 1;
  void loadDefinitions().catch(() => undefined);
  void reloadReplies().catch(() => undefined);
  void loadQueues().catch(() => undefined);
}

function reload() {
  definitionsChanged();
  void loadDrafts().catch(() => undefined);
  void loadMentions().catch(() => undefined);
  forgetRelated();
  void reloadTasks(shownCustomer.peek()).catch(() => undefined);
  void loadAgents().catch(() => undefined);
  void loadChannels().catch(() => undefined);
  void reloadViews();
  const looking = watched.peek();
  if (looking !== null) void loadConversation(looking).catch(() => undefined);
  void reloadScheduled(looking).catch(() => undefined);
  void reloadCustomers(shownCustomer.peek()).catch(() => undefined);
  void reloadTimelines(shownCustomer.peek());
  void loadCalls().catch(() => undefined);
  void reloadCallbacks(shownCustomer.peek()).catch(() => undefined);
}

function signedOut() {
  const { page } = route.peek();
  if (page !== "sign-in" && page !== "welcome") location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
}

whenSignedOut(signedOut);

/** @param {string|null} position the feed position of the first snapshot */
export const goLive = (position) => startLive({ apply, reload, signedOut }, position);
