import { signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import { get, withQuery } from "../../../api.js";
import { Banner } from "../../../components/banner.js";
import { Button } from "../../../components/button.js";
import { Dialog } from "../../../components/dialog.js";
import { TextField } from "../../../components/field.js";
import { Select } from "../../../components/select.js";
import { say } from "../../../components/toast.js";
import { short } from "../../../format.js";
import { html } from "../../../html.js";
import { whoOf } from "../../../naming.js";
import { conversation, loadConversation } from "../../../state/conversations.js";
import { customer } from "../../../state/customers.js";
import { conversationsOf, joinConversations, leaderOf, linkConversations, splitAt, undoJoin, undoSplit, unlink } from "../../../state/related.js";
import { timelineOf } from "../../../state/timelines.js";
import { t } from "../../../words.js";
import { openConversation, threadTint } from "../choice.js";
import { sayProblem } from "../commands.js";
import { subjectOf } from "../titles.js";

/** @typedef {import("../../../types.js").Conversation} Conversation */
/** @typedef {import("../../../types.js").Entry} Entry */

/** The thread that an entry of this conversation belongs to: what was joined is one. @param {number} conversationId */
export const threadOf = (conversationId) => leaderOf(conversationId);

/** Of which threads the conversations are that do not stand by themselves on this timeline: what was joined to another, and what was said beside
 * one with a third party. The same map as long as nothing of it changes. @param {Entry[]} entries @param {number} customerId */
export function useThreads(entries, customerId) {
  const first = useMemo(() => new Map(entries.map((entry) => [entry.conversation_id, entry])), [entries]);
  const ids = [...first.keys()];
  const mine = customer(customerId)?.identities;
  const found = [...first.values()].map(({ conversation_id: id, data, identity_id }) =>
    leaderOf(data.side_of && !mine?.some((it) => it.id === identity_id) ? data.side_of : id),
  );
  return useMemo(() => new Map(ids.map((id, at) => [id, found[at]])), [first, found.join()]);
}

/** Whether the conversation can be split at this entry: not where it begins. @param {Entry} entry */
export const canSplit = (entry) => entry.seq > 1 && !entry.pending;

/** From this entry on a conversation of its own; at once, with the way back. @param {Entry} entry */
export async function splitFrom(entry) {
  try {
    const made = await splitAt(entry.id, null);
    const customerId = conversation(made.id)?.customer.id;
    if (customerId !== undefined) await timelineOf(customerId).reload();
    const cut = made.splits.find((it) => it.into_id === made.id);
    openConversation(made.id);
    say({ tone: "success", text: t("split-toast"), ...(cut ? { action: { label: t("undo"), run: () => void mend(cut.id) } } : {}) }, 12_000);
  } catch (problem) {
    sayProblem(problem);
  }
}

/** @param {number} splitId */
export async function mend(splitId) {
  try {
    const it = await undoSplit(splitId);
    openConversation(it.id);
    const customerId = conversation(it.id)?.customer.id;
    if (customerId !== undefined) await timelineOf(customerId).reload();
  } catch (problem) {
    sayProblem(problem);
  }
}

/** @param {number} mergeId */
export async function part(mergeId) {
  try {
    await undoJoin(mergeId);
    say({ text: t("parted-toast") });
  } catch (problem) {
    sayProblem(problem);
  }
}

/** @param {number} linkId @param {() => void} again */
export async function takeOutLink(linkId, again) {
  try {
    await unlink(linkId);
    say({ text: t("link-removed-toast"), action: { label: t("undo"), run: again } });
  } catch (problem) {
    sayProblem(problem);
  }
}

/** The dialog that is open: for which conversation, and what for. */
const asked = signal(/** @type {{id: number, what: 'join'|'link'}|null} */ (null));
/** Choose a conversation to join to this one. @param {number} id */
export const openJoin = (id) => void (asked.value = { id: leaderOf(id), what: "join" });
/** Choose a conversation to link this one with. @param {number} id */
export const openLink = (id) => void (asked.value = { id: leaderOf(id), what: "link" });

const KINDS = /** @type {const} */ (["related", "duplicate", "causes", "caused"]);

/** Mounted once on the desk: choose another conversation, to join it or to link it. */
export function GroupingDialog() {
  const start = asked.value;
  const [query, setQuery] = useState("");
  const [found, setFound] = useState(/** @type {Conversation[]|null} */ (null));
  const [chosen, setChosen] = useState(/** @type {number|null} */ (null));
  const [kind, setKind] = useState(/** @type {typeof KINDS[number]} */ ("related"));
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const close = () => void (asked.value = null);
  const it = conversation(start?.id);
  const joining = start?.what === "join";
  useLayoutEffect(() => {
    setQuery("");
    setFound(null);
    setKind("related");
    setProblem(null);
  }, [start]);
  useEffect(() => {
    // nothing has to be typed first
    if (joining && document.activeElement?.matches("dialog")) /** @type {HTMLElement|null} */ (document.querySelector(".dialog[open] .choice input"))?.focus();
  }, [found]);
  useLayoutEffect(() => {
    if (!start || !it) return undefined;
    setChosen(null);
    let gone = false;
    const search = async () => {
      const all = joining || !query.trim() ? await conversationsOf(it.customer.id) : await search_(query.trim());
      if (gone) return;
      const others = all.filter((one) => leaderOf(one.id) !== start.id);
      setFound(others);
      if (joining && others.length === 1) setChosen(others[0].id);
    };
    const timer = setTimeout(() => search().catch(() => !gone && setFound([])), query.trim() ? 200 : 0);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [start, query, it?.customer.id]);
  const run = async () => {
    if (!start || chosen === null) return;
    setBusy(true);
    setProblem(null);
    try {
      if (joining) {
        const joined = await joinConversations(start.id, chosen);
        const made = joined.joined.find((one) => one.from_id === chosen);
        say({ tone: "success", text: t("joined-toast"), ...(made ? { action: { label: t("undo"), run: () => void part(made.id) } } : {}) }, 12_000);
      } else if (kind === "caused") await linkConversations(chosen, start.id, "causes");
      else await linkConversations(start.id, chosen, kind);
      close();
    } catch (failure) {
      setProblem(failure);
    } finally {
      setBusy(false);
    }
  };
  return html`
    <${Dialog} open=${start !== null} title=${t(joining ? "join-title" : "link-title")} closeLabel=${t("close")} onClose=${close}
      footer=${html`<${Button} onClick=${close}>${t("cancel")}<//><${Button} kind="primary" icon=${joining ? "git-merge" : "link"} busy=${busy}
        disabled=${chosen === null} onClick=${run}>${t(joining ? "join" : "link")}<//>`}>
      <p class="muted">${joining ? t("join-text") : t("link-text")}</p>
      ${problem && html`<${Banner} tone="danger" live>${problem.message || t("change-failed")}<//>`}
      ${!joining && html`<${Select} label=${t("link-kind")} value=${kind} onValue=${setKind} options=${KINDS.map((one) => ({ value: one, label: t(`link-this-${one}`) }))} />
        <${TextField} label=${t("link-search")} help=${t("link-search-help")} value=${query} onValue=${setQuery} autocomplete="off" />`}
      <div class="choices" role="radiogroup" aria-label=${t("conversations")}>
        ${found?.map((one) => html`<label key=${one.id} class="choice"><input type="radio" name="conversation" checked=${chosen === one.id} onChange=${() => setChosen(one.id)} />
          <span class=${`thread-mark ${threadTint(one.id)}`} aria-hidden="true"></span><span class="menu-text"><span class="truncate" dir="auto">${subjectOf(one)}</span>
          <span class="menu-detail">${one.customer.id === it?.customer.id ? "" : `${whoOf(one)} · `}${short(one.last_entry_at)} · ${one.preview}</span></span></label>`)}
        ${found?.length === 0 && html`<p class="menu-empty">${t(joining ? "join-nothing" : "link-nothing")}</p>`}
      </div>
    <//>
  `;
}

/** Conversations by their number or link, or those of customers by name. @param {string} words */
async function search_(words) {
  const id = Number(/(\d+)\D*$/.exec(words)?.[1] ?? NaN);
  if (/^#?\d+$/.test(words) || words.includes("/conversations/")) return [await loadConversation(id)];
  const { items } = await get(withQuery("/api/customers", { query: words, limit: 4 }));
  return (await Promise.all(items.map((/** @type {{id: number}} */ one) => conversationsOf(one.id, 5)))).flat();
}
