import { useState } from "preact/hooks";
import { post, remove } from "../../api.js";
import { Badge } from "../../components/badge.js";
import { Banner } from "../../components/banner.js";
import { Button } from "../../components/button.js";
import { Dialog } from "../../components/dialog.js";
import { Empty } from "../../components/empty.js";
import { TextField } from "../../components/field.js";
import { Icon } from "../../components/icon.js";
import { Select } from "../../components/select.js";
import { say } from "../../components/toast.js";
import { ago, date, list } from "../../format.js";
import { html } from "../../html.js";
import { agents } from "../../state/session.js";
import { t } from "../../words.js";
import { Checks } from "./checks.js";
import { Once } from "./once.js";
import { Paged, usePages } from "./paged.js";

const SCOPES = ["conversations:read", "conversations:write", "customers:read", "customers:write", "channels:read", "agents:read", "admin"];
const LIFETIMES = [30, 90, 365];

/** @param {string} scope */
const scopeWords = (scope) => t(`scope-${scope.replace(":", "-")}`);

/** Programs that may use the API, and what each may do. */
export function TokensPage() {
  const pages = usePages("/api/tokens", { of: "all" });
  const { items, setItems } = pages;
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState(/** @type {any} */ (null));
  const revoke = async (/** @type {any} */ it) => {
    try {
      await remove(`/api/tokens/${it.id}`);
      setItems((held) => (held ?? []).filter((one) => one.id !== it.id));
      say({ tone: "success", text: t("token-revoked", { name: it.name }) });
    } catch (failure) {
      say({ tone: "danger", text: /** @type {Error} */ (failure).message || t("change-failed") });
    }
  };
  const add = html`<${Button} kind="primary" icon="plus" onClick=${() => setMaking(true)}>${t("token-make")}<//>`;
  return html`
    <header class="page-head"><div><h1>${t("tokens")}</h1><p class="muted">${t("tokens-text")}</p></div>${items && items.length > 0 && add}
      </header>
    <${Paged} pages=${pages} count=${3} empty=${html`<${Empty} icon="key-round" title=${t("tokens-empty")} action=${add}>${t("tokens-empty-text")}<//>`}
      draw=${(/** @type {any[]} */ all) => html`<ul class="card agent-list">${all.map((it) => html`<${TokenRow} key=${it.id} it=${it} onRevoke=${() => revoke(it)} />`)}</ul>`} />
    <${MakeDialog} open=${making} onClose=${() => setMaking(false)}
      onMade=${(/** @type {any} */ it) => (setMade(it), setItems((held) => [{ ...it, token: undefined }, ...(held ?? [])]))} />
    <${Once} value=${made?.token ?? null} title=${t("token-made", { name: made?.name ?? "" })} text=${t("token-made-text")}
      onClose=${() => setMade(null)} />
  `;
}

/** @param {{it: any, onRevoke: () => void}} props */
const TokenRow = ({ it, onRevoke }) => html`
  <li class="agent-row token-row">
    <${Icon} name="key-round" size=${18} />
    <span class="grow stack-tight">
      <span class="row row-wrap"><span class="strong truncate">${it.name}</span>
        <${Badge} tone=${it.kind === "service" ? "accent" : "neutral"}>
          ${it.kind === "service" ? t("token-service") : (agents.value.get(it.agent_id)?.name ?? t("token-personal"))}<//></span>
      <span class="muted small">${list(it.scopes.map(scopeWords))}</span>
      <span class="muted small"><code>${it.hint}</code>${[
        it.last_used_at ? t("token-used", { when: ago(it.last_used_at) }) : t("token-unused"),
        it.expires_at ? t("token-expires", { when: date(it.expires_at) }) : t("token-forever"),
      ].map((words) => ` · ${words}`)}</span>
    </span>
    <${Button} size="small" onClick=${onRevoke}>${t("token-revoke")}<//>
  </li>
`;

const EMPTY = { name: "", kind: "personal", role: "agent", days: 90, scopes: ["conversations:read"] };

/** @param {{open: boolean, onClose: () => void, onMade: (token: any) => void}} props */
function MakeDialog({ open, onClose, onMade }) {
  const [form, setForm] = useState(EMPTY);
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const set = (/** @type {string} */ name) => (/** @type {any} */ value) => setForm((held) => ({ ...held, [name]: value }));
  const wrong = (/** @type {string} */ field) => problem?.errors?.find((/** @type {any} */ e) => e.field.startsWith(field))?.message;
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const { days, role, ...rest } = form;
    try {
      const made = await post("/api/tokens", { ...rest, name: rest.name.trim(), expires_in_days: days || null, ...(form.kind === "service" ? { role } : {}) });
      setForm(EMPTY);
      onClose();
      onMade(made);
    } catch (refusal) {
      setProblem(refusal);
    } finally {
      setBusy(false);
    }
  };
  return html`
    <${Dialog} open=${open} title=${t("token-make")} closeLabel=${t("close")} onClose=${onClose}
      footer=${html`<${Button} onClick=${onClose}>${t("cancel")}<//><${Button} kind="primary" type="submit" form="token" busy=${busy}
        disabled=${form.scopes.length === 0}>${t("token-make")}<//>`}>
      <form id="token" class="form" onSubmit=${send}>
        ${problem && html`<${Banner} tone="danger" live>${problem.message || t("change-failed")}<//>`}
        <${TextField} label=${t("name")} help=${t("token-name-help")} required maxlength="100" value=${form.name} onValue=${set("name")}
          error=${wrong("name")} autocomplete="off" autofocus />
        <${Select} label=${t("token-kind")} help=${t(`token-kind-${form.kind}-help`)} value=${form.kind} onValue=${set("kind")}
          options=${["personal", "service"].map((it) => ({ value: it, label: t(`token-${it}`) }))} />
        <div class="form-pair">
          ${form.kind === "service" && html`<${Select} label=${t("role")} value=${form.role} onValue=${set("role")}
            options=${["agent", "administrator"].map((it) => ({ value: it, label: t(`role-${it}`) }))} />`}
          <${Select} label=${t("token-lifetime")} value=${form.days} onValue=${set("days")}
            options=${[...LIFETIMES.map((n) => ({ value: n, label: t("volume", { n }) })), { value: 0, label: t("token-forever") }]} />
        </div>
        <${Checks} label=${t("token-scopes")} error=${wrong("scopes")} chosen=${form.scopes} onChosen=${set("scopes")}
          options=${SCOPES.map((it) => ({ value: it, label: scopeWords(it) }))} />
      </form>
    <//>
  `;
}
