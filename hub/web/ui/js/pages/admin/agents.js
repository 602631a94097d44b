import { useEffect, useState } from "preact/hooks";
import { patch, post } from "../../api.js";
import { Avatar } from "../../components/avatar.js";
import { Badge } from "../../components/badge.js";
import { Banner } from "../../components/banner.js";
import { Button } from "../../components/button.js";
import { Dialog } from "../../components/dialog.js";
import { TextField } from "../../components/field.js";
import { Menu } from "../../components/menu.js";
import { Select } from "../../components/select.js";
import { say } from "../../components/toast.js";
import { number } from "../../format.js";
import { classes, html } from "../../html.js";
import { agentCalls, setCapacity } from "../../state/calls.js";
import { agents, loadAgents, me, upsertAgent } from "../../state/session.js";
import { t } from "../../words.js";

/** @typedef {import("../../types.js").Agent} Agent */

/** How many calls at once can be chosen; the hub allows more by its API. */
const CAPACITIES = [0, 1, 2, 3];

const roles = () => ["agent", "administrator"].map((it) => ({ value: it, label: t(`role-${it}`) }));

/** Who works here. */
export function AgentsPage() {
  const [inviting, setInviting] = useState(false);
  const [link, setLink] = useState(/** @type {{agent: Agent, url: string}|null} */ (null));
  useEffect(() => void loadAgents().catch(() => undefined), []);
  const all = [...agents.value.values()].sort((a, b) => Number(a.disabled) - Number(b.disabled) || a.name.localeCompare(b.name));
  return html`
    <header class="page-head"><div><h1>${t("agents")}</h1><p class="muted">${t("agents-text")}</p></div>
      <${Button} kind="primary" icon="user-plus" onClick=${() => setInviting(true)}>${t("agent-invite")}<//></header>
    <ul class="card agent-list">${all.map((it) => html`<${AgentRow} key=${it.id} it=${it} onLink=${setLink} />`)}</ul>
    <${InviteDialog} open=${inviting} onClose=${() => setInviting(false)} onLink=${setLink} />
    <${LinkDialog} link=${link} onClose=${() => setLink(null)} />
  `;
}

/** @param {{it: Agent, onLink: (link: {agent: Agent, url: string}) => void}} props */
function AgentRow({ it, onLink }) {
  const mine = it.id === me.value?.id;
  const change = async (/** @type {Partial<Agent>} */ changes) => {
    try {
      const answer = await patch(`/api/agents/${it.id}`, changes);
      upsertAgent({ ...it, ...changes, ...(answer?.agent ?? answer ?? {}) });
      say({ text: t("saved") });
    } catch (problem) {
      say({ tone: "danger", text: /** @type {Error} */ (problem).message || t("change-failed") });
    }
  };
  const invite = async () => {
    try {
      const { invite_url } = await post(`/api/agents/${it.id}/invite`);
      onLink({ agent: it, url: invite_url });
    } catch (problem) {
      say({ tone: "danger", text: /** @type {Error} */ (problem).message || t("change-failed") });
    }
  };
  const calls = agentCalls.value.get(it.id);
  const capacity = async (/** @type {number} */ n) => {
    try {
      await setCapacity(it.id, n);
      say({ text: t("saved") });
    } catch (problem) {
      say({ tone: "danger", text: /** @type {Error} */ (problem).message || t("change-failed") });
    }
  };
  const items = [
    { label: t("agent-link"), icon: "link", onSelect: () => void invite() },
    { label: t(it.role === "administrator" ? "make-agent" : "make-administrator"), icon: "settings", disabled: mine, onSelect: () => void change({ role: it.role === "administrator" ? "agent" : "administrator" }) },
    ...(calls ? [{ heading: t("queue-capacity"), label: "" }, ...CAPACITIES.map((n) => ({ label: number(n), checked: calls.capacity === n, onSelect: () => void capacity(n) }))] : []),
    { divider: true, label: "" },
    it.disabled ? { label: t("agent-enable"), icon: "user-check", onSelect: () => void change({ disabled: false }) } : { label: t("agent-disable"), icon: "user-x", danger: true, disabled: mine, onSelect: () => void change({ disabled: true }) },
  ];
  return html`
    <li class=${classes("agent-row", it.disabled && "off")}>
      <${Avatar} name=${it.name} letters=${it.initials} />
      <span class="grow stack-tight"><span class="strong truncate">${it.name}${mine ? html` <span class="faint">${t("that-is-you")}
        </span>` : null}</span><span class="muted small truncate">${[it.email, calls?.device && t(calls.away_reason ? "availability-missed" : `availability-${calls.availability}`), calls?.device?.address].filter(Boolean).join(" · ")}</span></span>
      ${it.disabled ? html`<${Badge} icon="user-x">${t("disabled")}
        <//>` : html`<${Badge} tone=${it.role === "administrator" ? "accent" : "neutral"}>${t(`role-${it.role}`)}<//>`}
      <${Menu} label=${t("actions-for", { name: it.name })} items=${items} align="end"
        trigger=${(/** @type {any} */ a) => html`<${Button} ...${a} kind="quiet" icon="ellipsis"
        tip=${t("actions-for", { name: it.name })} />`} />
    </li>
  `;
}

/** @param {{open: boolean, onClose: () => void, onLink: (link: {agent: Agent, url: string}) => void}} props */
function InviteDialog({ open, onClose, onLink }) {
  const [form, setForm] = useState({ name: "", email: "", role: "agent" });
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const set = (/** @type {string} */ name) => (/** @type {any} */ value) => setForm((held) => ({ ...held, [name]: value }));
  const wrong = (/** @type {string} */ field) => problem?.errors?.find((/** @type {any} */ e) => e.field.endsWith(field))?.message;
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const { agent, invite_url } = await post("/api/agents", form);
      upsertAgent(agent);
      setForm({ name: "", email: "", role: "agent" });
      onClose();
      onLink({ agent, url: invite_url });
    } catch (refusal) {
      setProblem(refusal);
    } finally {
      setBusy(false);
    }
  };
  return html`
    <${Dialog} open=${open} title=${t("agent-invite")} closeLabel=${t("close")} onClose=${onClose}
      footer=${html`<${Button} onClick=${onClose}>${t("cancel")}<//><${Button} kind="primary" type="submit" form="invite" busy=${busy}>
        ${t("invite-make")}<//>`}>
      <form id="invite" class="form" onSubmit=${send}>
        ${problem && html`<${Banner} tone="danger" live>${problem.message || t("change-failed")}<//>`}
        <${TextField} label=${t("name")} required value=${form.name} onValue=${set("name")} error=${wrong("name")}
          autocomplete="off" autofocus />
        <${TextField} label=${t("email")} type="email" required value=${form.email} onValue=${set("email")} error=${wrong("email")}
          autocomplete="off" />
        <${Select} label=${t("role")} help=${t(`role-${form.role}-help`)} value=${form.role} onValue=${set("role")} options=${roles()} />
      </form>
    <//>
  `;
}

/** The one-time link, to be handed over by whatever way the administrator trusts. @param {{link: {agent: Agent, url: string}|null, onClose: () => void}} props */
function LinkDialog({ link, onClose }) {
  const url = link ? new URL(link.url, location.origin).href : "";
  const copy = () => void navigator.clipboard?.writeText(url).then(() => say({ text: t("copied") }, 2000));
  return html`
    <${Dialog} open=${link !== null} title=${t("invite-link-title", { name: link?.agent.name ?? "" })} closeLabel=${t("close")}
      onClose=${onClose} footer=${html`<${Button} kind="primary" onClick=${onClose}>${t("done")}<//>`}>
      <p class="muted">${t("invite-link-text")}</p>
      <div class="copy-line">
        <input class="input grow" readonly value=${url} aria-label=${t("invite-link")}
        onFocus=${(/** @type {any} */ e) => e.target.select()} /><${Button} icon="copy" onClick=${copy}>${t("copy")}<//></div>
    <//>
  `;
}
