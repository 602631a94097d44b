import { useEffect } from "preact/hooks";
import { Avatar } from "../../components/avatar.js";
import { Banner } from "../../components/banner.js";
import { Button } from "../../components/button.js";
import { ChannelMark } from "../../components/channelmark.js";
import { Empty } from "../../components/empty.js";
import { Icon } from "../../components/icon.js";
import { Rows } from "../../components/rows.js";
import { Skeleton } from "../../components/skeleton.js";
import { Tabs } from "../../components/tabs.js";
import { full, now, short, span } from "../../format.js";
import { classes, html } from "../../html.js";
import { whoOf } from "../../naming.js";
import { channels } from "../../state/channels.js";
import { conversation, counts, views } from "../../state/conversations.js";
import { hasDraft } from "../../state/drafts.js";
import { othersAt } from "../../state/presence.js";
import { agents, isAdministrator, me } from "../../state/session.js";
import { t } from "../../words.js";
import { chooseView, composingNew, openConversation, subjectOf, view } from "./choice.js";
import { Search } from "./search.js";

const ROW = 80;
const HOUR = 3_600_000;

/** The queue: one of four lists, newest activity first. @param {{current: number|null}} props */
export function ConversationList({ current }) {
  const shown = views[view.value];
  useEffect(() => {
    if (!shown.loaded.peek()) void shown.more();
  }, [shown]);
  const ids = shown.ids.value;
  const tabs = /** @type {const} */ (["open", "mine", "unassigned", "resolved"]).map((name) => ({
    value: name,
    label: t(`view-${name}`),
    count: name === "resolved" ? null : capped(counts.value[name]),
  }));
  return html`
    <section class="pane pane-list" aria-label=${t("conversations")}>
      <h1 class="visually-hidden">${t("conversations")}</h1>
      <header class="pane-head list-head">
        <${Search} />
        <${Button} kind="quiet" icon="square-pen" tip=${t("new-message")} keys="C" onClick=${() => (composingNew.value = true)} />
      </header>
      <${Tabs} label=${t("conversations")} value=${view.value} onValue=${chooseView} items=${tabs} controls="conversation-list" small />
      <div class="list-body" id="conversation-list" role="tabpanel" aria-label=${t(`view-${view.value}`)}>${body(shown, ids, current)}</div>
    </section>
  `;
}

/** @param {number} n */
const capped = (n) => (n >= 1000 ? "999+" : n);

/** @param {any} shown @param {number[]} ids @param {number|null} current */
function body(shown, ids, current) {
  if (!shown.loaded.value && shown.problem.value)
    return html`<${Empty} icon="cloud-off" tone="danger" title=${t("load-failed")}
      action=${html`<${Button} icon="refresh-cw" onClick=${() => shown.more()}>${t("try-again")}<//>`}>
        ${shown.problem.value.message || t("load-failed-text")}<//>`;
  if (!shown.loaded.value) return html`<${Skeleton} kind="rows" count=${8} label=${t("loading")} />`;
  if (ids.length === 0 && shown.complete && isAdministrator.value && channels.value?.size === 0)
    return html`<${Empty} icon="mail" title=${t("channels-empty")}
      action=${html`<${Button} kind="primary" icon="plus" href="/admin/channels/new">${t("channel-add")}<//>`}>${t("channels-empty-text")}<//>`;
  if (ids.length === 0 && shown.complete)
    return html`<${Empty} icon=${shown.name === "resolved" ? "archive" : "circle-check"} title=${t(`empty-${shown.name}`)}>
      ${t(`empty-${shown.name}-text`)}<//>`;
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = current === null ? -1 : ids.indexOf(current);
    const next = ids[Math.max(0, Math.min(ids.length - 1, at + step))];
    if (next !== undefined) {
      openConversation(next);
      requestAnimationFrame(() => /** @type {HTMLElement|null} */ (document.querySelector(`.conversation-row[href="/conversations/${next}"]`))?.focus());
    }
  };
  return html`
    <div class="list-rows" onKeyDown=${onKeyDown}>
      <${Rows} ids=${ids} rowHeight=${ROW} current=${current} label=${t("conversations")}
        onEnd=${() => shown.loaded.peek() && shown.next !== null && shown.more()}
        render=${(/** @type {number} */ id, /** @type {number} */ index) => html`<${Row} id=${id} chosen=${id === current}
          stop=${id === current || (current === null && index === 0)} />`}
        footer=${shown.problem.value
          ? html`<${Banner} tone="danger" title=${t("load-failed")} actions=${html`<${Button} size="small" onClick=${() => shown.more()}>
            ${t("try-again")}<//>`} />`
          : shown.loading.value && html`<div class="sentinel"><span class="spinner" role="status" aria-label=${t("loading")}></span>
            </div>`} />
    </div>
  `;
}

/** @param {{id: number, chosen: boolean, stop: boolean}} props */
function Row({ id, chosen, stop }) {
  const it = conversation(id);
  if (!it) return null;
  const assignee = it.assignee_id === null ? null : agents.value.get(it.assignee_id);
  const others = othersAt(id);
  const draft = hasDraft(id);
  return html`
    <a class=${classes("conversation-row", chosen && "chosen", it.unread && "unread", it.automatic && "automatic")}
      href=${`/conversations/${id}`} aria-current=${chosen ? "true" : undefined}
      tabindex=${stop || !chosen ? 0 : -1}>
      <${Avatar} name=${whoOf(it)} size="normal" />
      <span class="row-main">
        <span class="row-line">
          <span class="row-name truncate" dir="auto">${whoOf(it)}</span>
          ${it.unread && html`<span class="unread-dot" role="img" aria-label=${t("unread")}></span>`}
          <time class="row-time" datetime=${it.last_entry_at} data-tip=${full(it.last_entry_at)}>${short(it.last_entry_at)}</time>
        </span>
        <span class="row-line"><span class="row-subject truncate" dir="auto">${subjectOf(it)}</span></span>
        <span class="row-line row-meta">
          <${ChannelMark} kind=${it.channel.kind} behind=${it.identity.kind} size=${13} label=${it.channel.name} />
          <span class="row-preview truncate">
            ${draft ? html`<span class="row-draft">${t("draft")}
              </span> ` : it.last_direction === "out" ? html`<${Icon} name="reply" size=${12}
              label=${t("answered")} /> ` : null}${it.preview}
          </span>
          ${marks(it)}
          ${others.slice(0, 1).map((viewer) => html`<${Avatar} key=${`v${viewer.id}`} name=${viewer.name} letters=${viewer.initials}
            size="tiny" writing=${viewer.writing} tip=${t(viewer.writing ? "viewer-writing" : "viewer-here", { name: viewer.name })} />`)}
          ${assignee && html`<${Avatar} name=${assignee.name} letters=${assignee.initials} size="tiny"
            tip=${t("assigned-to", { name: assignee.id === me.value?.id ? t("you") : assignee.name })} />`}
        </span>
      </span>
    </a>
  `;
}

/** What is wrong, seen without opening. @param {import("../../types.js").Conversation} it */
function marks(it) {
  const waited = it.waiting_since ? now.value - new Date(it.waiting_since).getTime() : 0;
  const tone = waited > 24 * HOUR ? "danger" : waited > 4 * HOUR ? "warning" : "";
  return html`
    ${it.delivery_problem && html`<span class="row-mark danger" data-tip=${t("delivery-problem")}>
      <${Icon} name="circle-alert" size=${14} label=${t("delivery-problem")} /></span>`}
    ${it.waiting_since && it.state === "open" && waited > HOUR && html`<span class=${`row-mark number ${tone}`}
      data-tip=${t("waiting-since", { at: full(it.waiting_since) })}><${Icon} name="hourglass" size=${12} label=${t("waiting")} />
      ${span(waited)}</span>`}
  `;
}
