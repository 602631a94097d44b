import { Avatar } from "../../../components/avatar.js";
import { Badge } from "../../../components/badge.js";
import { Button } from "../../../components/button.js";
import { Menu } from "../../../components/menu.js";
import { html } from "../../../html.js";
import { whoOf } from "../../../naming.js";
import { back, go } from "../../../router.js";
import { conversation } from "../../../state/conversations.js";
import { customer } from "../../../state/customers.js";
import { customerWrites, othersAt } from "../../../state/presence.js";
import { agents, me } from "../../../state/session.js";
import { t } from "../../../words.js";
import { assignItems, snoozeItems, snoozeWords } from "../menuitems.js";
import { subjectOf } from "../titles.js";
import { assign, menus, snoozeOne, toggleResolved } from "../work.js";
import { NarrowTools } from "./narrowbar.js";
import { Properties } from "./properties.js";

/** Whose timeline this is, which conversation the actions act on, and who else is here.
 * @param {{customerId: number|null, conversationId: number|null, onMoment: (at: string) => void}} props */
export function TimelineHead({ customerId, conversationId, onMoment }) {
  const it = conversation(conversationId);
  const name = customer(customerId)?.name || (it ? whoOf(it) : "");
  return html`
    <header class="timeline-head">
      <div class="pane-head">
        <${Button} kind="quiet" class="only-phone" icon="arrow-left" tip=${t("back")} onClick=${() => back("/")} />
        <div class="timeline-title">
          <h1 class="truncate" dir="auto">${name || html`<span class="skeleton-inline"></span>`}</h1>
          <p>
            ${it && html`${it.state === "resolved" && html`<${Badge} tone="success" icon="check">${t("state-resolved")}<//>`}
              ${it.snoozed && html`<${Badge} tone="accent" icon="alarm-clock">${snoozeWords(it.snoozed)}<//>`}
              <span class="timeline-subject" dir="auto">${subjectOf(it)}</span>`}
          </p>
        </div>
        <${Viewers} conversationId=${conversationId} customer=${name || it?.identity.name || t("author-customer")} />
        ${it && html`<${AssignMenu} id=${it.id} assigneeId=${it.assignee_id} />`}
        ${it && html`<${SnoozeMenu} it=${it} />`}
        ${it &&
        (it.state === "open"
          ? html`<${Button} icon="check" tip=${t("resolve-tip")} keys="E" class="resolve-button" onClick=${() => toggleResolved(it.id)}>
            ${t("resolve")}<//>`
          : html`<${Button} icon="rotate-ccw" tip=${t("reopen-tip")} keys="E" class="resolve-button" onClick=${() => toggleResolved(it.id)}>
            ${t("reopen")}<//>`)}
        <${Button} kind="quiet" class="customer-toggle" icon="panel-right" tip=${t("customer-pane")} onClick=${toggleCustomer} />
      </div>
      <div class="head-line">
        ${it ? html`<${Properties} it=${it} />` : html`<div class="properties"></div>`}
        <${NarrowTools} onMoment=${onMoment} />
      </div>
    </header>
  `;
}

/** On a phone the customer is a page of its own; on a laptop the pane slides over. */
function toggleCustomer() {
  if (new URLSearchParams(location.search).get("side") === "customer") back(location.pathname);
  else go(`${location.pathname}?side=customer`);
}

/** @param {{conversationId: number|null, customer: string}} props */
function Viewers({ conversationId, customer }) {
  const others = othersAt(conversationId);
  if (customerWrites(conversationId)) {
    return html`<div class="viewers" role="status"><${Avatar} name=${customer} size="small" writing=${true} />
      <span class="viewers-text">${t("viewer-writing", { name: customer })}</span></div>`;
  }
  if (!others.length) return null;
  const writing = others.filter((viewer) => viewer.writing);
  return html`
    <div class="viewers" role="status">
      ${others.slice(0, 3).map((viewer) => html`<${Avatar} key=${viewer.id} name=${viewer.name} letters=${viewer.initials} size="small"
        writing=${viewer.writing} tip=${t(viewer.writing ? "viewer-writing" : "viewer-here", { name: viewer.name })} />`)}
      <span class="viewers-text">
        ${writing.length ? t("viewer-writing", { name: writing[0].name }) : t("viewer-here", { name: others[0].name })}</span>
    </div>
  `;
}

/** @param {{id: number, assigneeId: number|null}} props */
function AssignMenu({ id, assigneeId }) {
  const mine = me.value;
  const assignee = assigneeId === null ? null : agents.value.get(assigneeId);
  const items = assignItems(assigneeId, (agentId) => void assign(id, agentId));
  return html`<${Menu} label=${t("assign")} items=${items} align="end" filter=${t("assign-filter")} empty=${t("assign-unknown")}
    openSignal=${menus.assign}
    trigger=${(/** @type {any} */ attributes) => html`<${Button} ...${attributes} kind="quiet" class="assign-button" tip=${t("assign-tip")}
      keys="A" iconEnd="chevron-down">
      ${assignee ? html`<${Avatar} name=${assignee.name} letters=${assignee.initials} size="small" /><span class="visually-hidden">
        ${t("assigned-word")} </span><span class="assign-name" dir="auto">${assignee.id === mine?.id ? t("you") : assignee.name}
        </span>` : html`<span class="assign-nobody"></span><span class="assign-name">${t("unassigned")}</span>`}
    <//>`} />`;
}

/** @param {{it: import("../../../types.js").Conversation}} props */
function SnoozeMenu({ it }) {
  const items = snoozeItems(it.snoozed, (snooze) => void snoozeOne(it.id, snooze));
  return html`<${Menu} label=${t("snooze")} items=${items} align="end" openSignal=${menus.snooze} class="snooze-menu"
    trigger=${(/** @type {any} */ attributes) => html`<${Button} ...${attributes} kind="quiet" icon="alarm-clock" keys="S"
      class=${it.snoozed ? "is-snoozed" : ""} tip=${it.snoozed ? t("snoozed-until", { when: snoozeWords(it.snoozed) }) : t("snooze")} />`} />`;
}
