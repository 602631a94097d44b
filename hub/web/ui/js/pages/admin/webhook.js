import { useState } from "preact/hooks";
import { freshKey, patch, post, remove } from "../../api.js";
import { Banner } from "../../components/banner.js";
import { Button } from "../../components/button.js";
import { TextField } from "../../components/field.js";
import { Icon } from "../../components/icon.js";
import { say } from "../../components/toast.js";
import { html } from "../../html.js";
import { go } from "../../router.js";
import { t } from "../../words.js";
import { Checks } from "./checks.js";
import { Deliveries } from "./deliveries.js";
import { Once } from "./once.js";
import { WebhookState } from "./webhookstate.js";

const EVENTS = [
  "message.received", "message.sent", "note.added", "delivery.changed", "call.ended", "conversation.created",
  "conversation.assigned", "conversation.resolved", "conversation.reopened", "conversation.changed",
  "customer.merged", "customer.unmerged",
];

/** Add a webhook, or see what it was sent and change it. @param {{webhook: any}} props */
export function WebhookPage({ webhook }) {
  const [held, setHeld] = useState(webhook);
  const [form, setForm] = useState({ name: webhook?.name ?? "", url: webhook?.url ?? "", events: webhook?.events ?? ["message.received"] });
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState("");
  const [secret, setSecret] = useState(/** @type {string|null} */ (null));
  const [tested, setTested] = useState(/** @type {any} */ (null));
  const [turn, setTurn] = useState(0);
  const set = (/** @type {string} */ name) => (/** @type {any} */ value) => setForm((before) => ({ ...before, [name]: value }));
  const wrong = (/** @type {string} */ field) => problem?.errors?.find((/** @type {any} */ e) => e.field.startsWith(field))?.message;
  const run = (/** @type {string} */ what, /** @type {() => Promise<void>} */ action) => async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(what);
    setProblem(null);
    try {
      await action();
    } catch (refusal) {
      setProblem(refusal);
    } finally {
      setBusy("");
    }
  };
  const save = run("save", async () => {
    if (held) {
      setHeld(await patch(`/api/webhooks/${held.id}`, form));
      say({ tone: "success", text: t("saved") });
    } else {
      const made = await post("/api/webhooks", form);
      setHeld(made);
      setSecret(made.secret);
    }
  });
  const shown = () => {
    setSecret(null);
    if (!webhook && held) go(`/admin/webhooks/${held.id}`, { replace: true });
  };
  const pause = run("state", async () => setHeld(await patch(`/api/webhooks/${held.id}`, { state: held.state === "active" ? "paused" : "active" })));
  const test = run("test", async () => {
    setTested(null);
    setTested(await post(`/api/webhooks/${held.id}/test`, {}, freshKey()));
    setTurn((n) => n + 1);
  });
  const renew = run("renew", async () => setSecret((await post(`/api/webhooks/${held.id}/secret`)).secret));
  const drop = run("drop", async () => {
    await remove(`/api/webhooks/${held.id}`);
    say({ text: t("webhook-removed", { name: held.name }) });
    go("/admin/webhooks", { replace: true });
  });
  return html`
    <a class="back-link" href="/admin/webhooks"><${Icon} name="arrow-left" size=${14} />${t("webhooks")}</a>
    <header class="page-head channel-page-head"><h1 class="grow">${held ? held.name : t("webhook-add")}</h1>
      ${held && html`<${WebhookState} it=${held} /><${Button} icon=${held.state === "active" ? "pause" : "play"} busy=${busy === "state"}
        onClick=${pause}>${t(held.state === "active" ? "pause" : "resume")}<//>`}</header>
    ${held?.reason && html`<${Banner} tone="warning">${held.reason}<//>`}
    <form class="form card channel-form" aria-label=${t("settings")} onSubmit=${save}>
      ${problem && html`<${Banner} tone="danger" live title=${t("not-saved")}>${problem.message || t("change-failed")}<//>`}
      <div class="form-grid">
        <${TextField} label=${t("name")} required maxlength="100" value=${form.name} onValue=${set("name")} error=${wrong("name")}
          autocomplete="off" />
        <${TextField} label=${t("webhook-url")} help=${t("webhook-url-help")} type="url" required value=${form.url} onValue=${set("url")}
          error=${wrong("url")} placeholder="https://" autocomplete="off" spellcheck=${false} />
      </div>
      <${Checks} label=${t("webhook-events")} error=${wrong("events")} chosen=${form.events} onChosen=${set("events")}
        options=${EVENTS.map((it) => ({ value: it, label: t(`webhook-${it.replace(".", "-")}`) }))} />
      ${tested && html`<p role="status" class=${tested.ok ? "success-text strong" : "danger-text strong"}>
        ${tested.ok ? t("webhook-tested", { status: tested.status ?? "" }) : t("webhook-test-failed", { why: tested.error ?? String(tested.status ?? "") })}
        </p>`}
      <footer class="form-foot">
        ${held && html`<${Button} icon="activity" busy=${busy === "test"} onClick=${test}>${t("webhook-test")}<//>
          <${Button} icon="key-round" busy=${busy === "renew"} onClick=${renew}>${t("webhook-renew")}<//>
          <${Button} icon="trash-2" busy=${busy === "drop"} onClick=${drop}>${t("remove")}<//>`}
        <span class="grow"></span>
        <${Button} kind="primary" type="submit" busy=${busy === "save"} disabled=${form.events.length === 0}>
          ${t(held ? "save" : "webhook-add")}<//>
      </footer>
    </form>
    ${held && html`<${Deliveries} webhookId=${held.id} turn=${turn} />`}
    <${Once} value=${secret} title=${t("webhook-secret")} text=${t("webhook-secret-text")} onClose=${shown} />
  `;
}
