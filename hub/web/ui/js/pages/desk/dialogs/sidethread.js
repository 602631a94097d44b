import { signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { get, postOnce } from "../../../api.js";
import { Avatar } from "../../../components/avatar.js";
import { Banner } from "../../../components/banner.js";
import { Button } from "../../../components/button.js";
import { Dialog } from "../../../components/dialog.js";
import { TextField } from "../../../components/field.js";
import { Icon } from "../../../components/icon.js";
import { Select } from "../../../components/select.js";
import { say } from "../../../components/toast.js";
import { full, shortMoment, time } from "../../../format.js";
import { classes, html } from "../../../html.js";
import { addressOf, shownAs, whoOf } from "../../../naming.js";
import { route } from "../../../router.js";
import { conversation, loadConversation, wantConversation } from "../../../state/conversations.js";
import { customer } from "../../../state/customers.js";
import { loadRelated, startSide } from "../../../state/related.js";
import { me } from "../../../state/session.js";
import { timelineOf } from "../../../state/timelines.js";
import { shownCustomer } from "../../../store.js";
import { t } from "../../../words.js";
import { Attachments } from "../attachments.js";
import { dims, threadTint } from "../choice.js";
import { WithFiles } from "../composer/composing.js";
import { useFiles } from "../composer/uploads.js";
import { DeliveryLine } from "../timeline/delivery.js";
import { subjectOf } from "../titles.js";

/** @typedef {import("../../../types.js").Entry} Entry */
/** @typedef {import("../../../types.js").Channel} Channel */

/** What the dialog is open for: a new side conversation of `id`, or its side conversation `sideId`. */
const asked = signal(/** @type {{id: number, sideId: number|null}|null} */ (null));

/** Ask a third party about this conversation, or look at what was said with one. @param {number} id @param {number|null} [sideId] */
export const openSide = (id, sideId = null) => void (asked.value = { id, sideId });

/** Whether the entry was said with a third party, and stands here beside what was said with the customer. @param {Entry} entry */
export function isSide(entry) {
  return Boolean(entry.data.side_of) && !customer(shownCustomer.value)?.identities.some((it) => it.id === entry.identity_id);
}

/** The third party. @param {Entry} entry */
function partyOf(entry) {
  const it = conversation(entry.conversation_id);
  if (it) return whoOf(it);
  return entry.direction === "in" ? entry.author.name || entry.author.address || "" : entry.to[0]?.name || entry.to[0]?.address || "";
}

/** Whether it did not reach the third party, as far as is known. @param {Entry} entry */
const isStuck = ({ delivery }) => delivery !== null && ["failed", "uncertain", "held"].includes(delivery.state);

/** What was said with a third party, as one line that opens. @param {{entry: Entry}} props */
export function SideLine({ entry }) {
  const mainId = entry.data.side_of;
  const who = partyOf(entry);
  const mine = entry.author.type === "agent" && entry.author.id === me.value?.id;
  const actor = entry.direction === "out" ? (mine ? t("you") : entry.author.name || t("author-agent")) : who;
  return html`
    <div class=${classes("side-thread", threadTint(mainId), dims(mainId) && dims(entry.conversation_id) && "dimmed")} data-entry=${entry.id}>
      <button type="button" class="side-thread-button" onClick=${() => openSide(mainId, entry.conversation_id)}
        data-tip=${entry.subject ?? undefined}>
        <${Icon} name="message-square-reply" size=${14} />
        <span class="side-thread-text"><span class="side-thread-who">${t("side-with", { name: who })}</span>
          <span class="truncate" dir="auto">${actor}: ${entry.text.replace(/\s+/g, " ").trim()}</span>
          ${isStuck(entry) && html`<span class="side-thread-stuck"><${Icon} name="circle-alert" size=${13} />${t(`delivery-${entry.delivery?.state}`, { address: shownAs(entry.delivery?.address ?? "") })}</span>`}</span>
        <time datetime=${entry.occurred_at} data-tip=${full(entry.occurred_at)}>${time(entry.occurred_at)}</time>
      </button>
    </div>
  `;
}

/** Mounted once on the desk. */
export function SideDialog() {
  const start = asked.value;
  if (!start) return null;
  return start.sideId === null ? html`<${StartDialog} key="new" id=${start.id} />` : html`<${ThreadDialog} key=${start.sideId} id=${start.id} sideId=${start.sideId} />`;
}

const close = () => void (asked.value = null);
const EMPTY = { address: "", name: "", subject: "", text: "", channel_id: /** @type {number|null} */ (null) };

/** Write to the third party for the first time. @param {{id: number}} props */
function StartDialog({ id }) {
  const main = conversation(id);
  const [channels, setChannels] = useState(/** @type {Channel[]} */ ([]));
  const [form, setForm] = useState({ ...EMPTY, subject: main?.subject ?? "" });
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const files = useFiles();
  useEffect(() => {
    get("/api/channels")
      .then(({ items }) => {
        const usable = items.filter((/** @type {Channel} */ it) => it.state === "active" && it.offers?.send && !it.offers.templates);
        setChannels(usable);
        const first = usable.find((/** @type {Channel} */ it) => it.id === main?.channel.id && it.offers?.subject) ?? usable.find((/** @type {Channel} */ it) => it.offers?.subject) ?? usable[0];
        setForm((held) => ({ ...held, channel_id: held.channel_id ?? first?.id ?? null }));
      })
      .catch(setProblem);
  }, []);
  const set = (/** @type {string} */ name) => (/** @type {any} */ value) => setForm((held) => ({ ...held, [name]: value }));
  const wrong = (/** @type {string} */ field) => problem?.errors?.find((/** @type {any} */ one) => one.field.endsWith(field))?.message;
  const offers = channels.find((it) => it.id === form.channel_id)?.offers;
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const identity = { kind: offers?.address_kind ?? "email", address: form.address.trim(), name: form.name.trim() || null };
      const made = await startSide(id, { identity, channel_id: /** @type {number} */ (form.channel_id), text: form.text, attachment_ids: files.attachments.map((it) => it.id), ...(offers?.subject ? { subject: form.subject } : {}) });
      if (main) timelineOf(main.customer.id).upsert(made.entry);
      void loadRelated(id).catch(() => undefined);
      close();
      say({ tone: "success", text: t("side-started", { name: whoOf(made.conversation) }), action: { label: t("show"), run: () => openSide(id, made.conversation.id) } });
    } catch (failure) {
      setProblem(failure);
    } finally {
      setBusy(false);
    }
  };
  return html`
    <${Dialog} open wide title=${t("side-start")} closeLabel=${t("close")} onClose=${close}
      footer=${html`<${Button} onClick=${close}>${t("cancel")}<//><${Button} kind="primary" type="submit" form="side" icon="send" busy=${busy}
        disabled=${!form.address.trim() || !form.text.trim() || form.channel_id === null || files.uploads.items.length > 0}>${t("send")}<//>`}>
      <form id="side" class="form" onSubmit=${send}>
        <p class="muted">${t("side-text")}</p>
        ${problem && html`<${Banner} tone="danger" live title=${t("not-sent")}>${problem.message || t("change-failed")}<//>`}
        <div class="form-pair">
          <${TextField} label=${t("to-address")} required autofocus error=${wrong("address")} value=${form.address} onValue=${set("address")} autocomplete="off" />
          <${TextField} label=${t("name")} optional=${t("optional")} value=${form.name} onValue=${set("name")} autocomplete="off" />
        </div>
        ${channels.length > 1 && html`<${Select} label=${t("from-channel")} value=${form.channel_id} onValue=${set("channel_id")} options=${channels.map((it) => ({ value: it.id, label: it.name }))} />`}
        ${offers?.subject && html`<${TextField} label=${t("subject")} value=${form.subject} onValue=${set("subject")} dir="auto" />`}
        <${WithFiles} files=${files}><${TextField} label=${t("message")} multiline rows=${7} required error=${wrong("text")} value=${form.text} onValue=${set("text")} dir="auto" /><//>
      </form>
    <//>
  `;
}

/** What was said with the third party, and the next word. @param {{id: number, sideId: number}} props */
function ThreadDialog({ id, sideId }) {
  const it = conversation(sideId);
  const main = conversation(id);
  const [text, setText] = useState("");
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const files = useFiles();
  useEffect(() => {
    wantConversation(sideId);
    wantConversation(id);
  }, [sideId, id]);
  const said = main ? timelineOf(main.customer.id).entries.value.filter((entry) => entry.conversation_id === sideId && entry.kind === "message") : [];
  const list = useRef(/** @type {HTMLElement|null} */ (null));
  const begun = useRef(location.pathname);
  useEffect(() => {
    // "send another way" goes to the composer of another page
    if (location.pathname !== begun.current) close();
  }, [route.value]);
  useLayoutEffect(() => {
    // the newest is what somebody comes for
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [said.length]);
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!it) return;
    setBusy(true);
    setProblem(null);
    try {
      const made = await postOnce(`/api/conversations/${sideId}/messages`, { text, attachment_ids: files.attachments.map((one) => one.id), to_identity_id: it.identity.id, channel_id: it.channel.id, last_seen_entry_id: it.last_entry_id });
      if (main) timelineOf(main.customer.id).upsert(made);
      setText("");
      files.clear();
    } catch (failure) {
      setProblem(failure);
      void loadConversation(sideId).catch(() => undefined);
    } finally {
      setBusy(false);
    }
  };
  return html`
    <${Dialog} open wide title=${it ? t("side-with", { name: whoOf(it) }) : t("side-line")} closeLabel=${t("close")} onClose=${close}
      footer=${html`${it && html`<${Button} kind="quiet" icon="external-link" href=${`/conversations/${sideId}`} onClick=${close}>${t("side-theirs")}<//>`}
        <${Button} kind="primary" type="submit" form="side-answer" icon="send" busy=${busy} disabled=${(!text.trim() && !files.attachments.length) || !it || files.uploads.items.length > 0}>${t("send")}<//>`}>
      ${it && html`<p class="muted side-said-about" dir="auto">${subjectOf(it)} · ${addressOf(it.identity)}</p>`}
      <ol ref=${list} class="side-said">${said.map((entry) => html`<li key=${entry.id} class=${entry.direction}>
        <${Avatar} name=${entry.author.name || "?"} size="small" /><div class="side-said-body"><p class="side-said-who"><span class="strong">${entry.author.name || entry.author.address}</span>
          <time class="faint tiny" datetime=${entry.occurred_at} data-tip=${full(entry.occurred_at)}>${shortMoment(Date.parse(entry.occurred_at))}</time></p><p class="side-said-text selectable aligned" dir="auto">${entry.text}</p><${Attachments} items=${entry.attachments} pending=${entry.pending_files} />
          ${entry.delivery && html`<${DeliveryLine} entry=${entry} />`}</div></li>`)}</ol>
      <form id="side-answer" class="form" onSubmit=${send}>
        ${problem && html`<${Banner} tone="danger" live title=${t("not-sent")}>${problem.message || t("change-failed")}<//>`}
        <${WithFiles} files=${files}><${TextField} label=${t("side-answer")} multiline rows=${4} value=${text} onValue=${setText} dir="auto" autofocus /><//>
      </form>
    <//>
  `;
}
