import { useEffect, useState } from "preact/hooks";
import { useActions } from "../../actions.js";
import { Button } from "../../components/button.js";
import { Empty } from "../../components/empty.js";
import { Skeleton } from "../../components/skeleton.js";
import { Splitter } from "../../components/split.js";
import { say } from "../../components/toast.js";
import { html } from "../../html.js";
import { useKeys } from "../../keys.js";
import { lookAt } from "../../live.js";
import { back, go, route } from "../../router.js";
import { Soon } from "../../soon.js";
import { clearSelection, selecting } from "../../state/bulk.js";
import { conversation, isKnown, loadConversation, watched } from "../../state/conversations.js";
import { changeDraft, draftOf } from "../../state/drafts.js";
import { refused } from "../../state/outbox.js";
import { leaderOf } from "../../state/related.js";
import { timelineOf } from "../../state/timelines.js";
import { shownCustomer } from "../../store.js";
import { t } from "../../words.js";
import { NotLoaded } from "../notloaded.js";
import { composingNew, focusedThread, openConversation } from "./choice.js";
import { useCommands } from "./commands.js";
import { ConversationList } from "./list/list.js";
import { prefetchAround } from "./prefetch.js";
import { ViewsPane } from "./views/pane.js";

/** The agents' page: conversations, the one timeline, the customer. */
export function Desk() {
  const { id, part, query } = route.value;
  const conversationId = part === "conversation" ? id : Number(query.get("conversation")) || null;
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const held = conversation(conversationId);
  const leaderId = held?.merged_into_id ?? null;
  const customerId = part === "customer" ? id : (held?.customer.id ?? null);
  const activeId = conversationId ?? newestOpen(customerId);

  const load = () => {
    setProblem(null);
    if (conversationId !== null && !isKnown(conversationId)) loadConversation(conversationId).catch(setProblem);
  };
  useEffect(load, [conversationId]);

  useEffect(() => {
    if (part === "conversation" && leaderId !== null) go(`/conversations/${leaderId}${location.search}`, { replace: true });
  }, [part, leaderId]);

  useEffect(() => {
    shownCustomer.value = customerId;
    focusedThread.value = null;
  }, [customerId]);

  useEffect(() => {
    watched.value = activeId;
    lookAt(activeId);
    const stop = prefetchAround(activeId);
    return () => {
      stop();
      lookAt(null);
    };
  }, [activeId]);

  useEffect(() => {
    if (refused.value === null) return;
    giveBack(refused.value.sending);
    refused.value = null;
  }, [refused.value]);

  const fault = problem ?? (part === "customer" && customerId !== null && timelineOf(customerId).problem.value?.status === 404 ? timelineOf(customerId).problem.value : null);
  const unknown = fault?.status === 404;

  useCommands(activeId);
  useKeys({
    Escape: () => (selecting.peek() ? clearSelection() : focusedThread.peek() !== null ? void (focusedThread.value = null) : part === null ? false : query.get("side") ? back(location.pathname) : go("/")),
  });
  useActions([
    { id: "new-message", group: t("group-answer"), icon: "square-pen", label: t("key-new"), keys: ["c"], asks: true, run: () => void (composingNew.value = true) },
  ]);

  const shows = id === null ? "list" : query.get("side") === "customer" && !unknown ? "customer" : "timeline";
  return html`
    <main class="desk" data-shows=${shows}>
      <${ViewsPane} />
      <${ConversationList} current=${activeId} />
      <${Splitter} name="list" label=${t("pane-resize-list")} least=${260} most=${480} start=${348} side="start" />
      ${fault
        ? html`<section class="pane pane-timeline">
          ${unknown
            ? html`<${Empty} icon="circle-help" tone="danger" title=${t(part === "customer" ? "customer-unknown" : "conversation-unknown")} action=${html`<${Button}
              icon="arrow-left" href="/">${t("conversations")}<//>`}>${t("unknown-text")}<//>`
            : html`<${NotLoaded} problem=${fault} onAgain=${load} />`}</section>`
        : id === null
          ? html`<section class="pane pane-timeline nothing-open" aria-label=${t("timeline")}>
            <${Empty} icon="inbox" title=${t("nothing-open")}>${t("nothing-open-text")}<//></section>`
          : html`<${Soon} name="TimelinePane" wanted key=${customerId ?? 0} customerId=${customerId} conversationId=${activeId} wait=${coming()} fault=${notCome} />`}
      ${id !== null && !unknown && html`<${Splitter} name="customer" label=${t("pane-resize-customer")} least=${240} most=${440} start=${304}
        side="end" />`}
      ${id !== null && !unknown && html`<${Soon} name="CustomerPane" key=${`c${customerId ?? 0}`} customerId=${customerId}
        conversationId=${activeId} wait=${html`<aside class="pane pane-customer"></aside>`} />`}
      <${Soon} name="UntilDialog" />
      <${Soon} name="Dialogs" wanted=${composingNew.value} customerId=${customerId} conversationId=${activeId} />
    </main>
  `;
}

/** In the place of the timeline, while what draws it is on its way. */
const coming = () => html`<section class="pane pane-timeline"><header class="timeline-head"><div class="pane-head"></div><div class="head-line"></div></header>
  <div class="timeline-scroll"><${Skeleton} kind="timeline" count=${4} label=${t("loading")} /></div></section>`;

/** @param {() => void} again */
const notCome = (again) => html`<section class="pane pane-timeline"><${NotLoaded} onAgain=${again} /></section>`;

/** On a customer's page without a chosen conversation: the newest one that has an entry. @param {number|null} customerId */
function newestOpen(customerId) {
  if (customerId === null) return null;
  const entries = timelineOf(customerId).entries.value;
  const newest = entries.findLast((entry) => conversation(entry.conversation_id)?.customer.id === customerId) ?? entries[entries.length - 1];
  return newest ? leaderOf(newest.conversation_id) : null;
}

/** What waited for a connection and was refused then goes back into the composer. @param {import("../../state/outbox.js").Sending} sending */
function giveBack({ conversationId, path, body }) {
  const draft = draftOf(conversationId);
  if (body.template) changeDraft(conversationId, { template: body.template });
  const note = path.endsWith("/notes");
  const joined = [note ? draft.note : draft.text, body.text].filter(Boolean).join("\n\n");
  changeDraft(conversationId, note ? { note: joined } : { text: joined });
  say({ tone: "danger", text: t("refused-toast"), action: { label: t("show"), run: () => openConversation(conversationId) } }, Infinity);
}
