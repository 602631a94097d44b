import { useLayoutEffect, useState } from "preact/hooks";
import { freshKey } from "../../api.js";
import { Banner } from "../../components/banner.js";
import { Button } from "../../components/button.js";
import { DateTime } from "../../components/datetime.js";
import { Dialog } from "../../components/dialog.js";
import { TextField } from "../../components/field.js";
import { Select } from "../../components/select.js";
import { say } from "../../components/toast.js";
import { html } from "../../html.js";
import { numberOf } from "../../naming.js";
import { go } from "../../router.js";
import { askForCallback, queues } from "../../state/callbacks.js";
import { activeAgents } from "../../state/session.js";
import { t } from "../../words.js";

const EMPTY = { queue_id: /** @type {number|null} */ (null), number: "", name: "", reason: "", from: /** @type {string|null} */ (null), until: /** @type {string|null} */ (null), preferred_agent_id: /** @type {number|null} */ (null) };

/** An agent writes down that somebody wants to be called. @param {{open: boolean, number?: string, name?: string, onClose: () => void}} props */
export function AskDialog({ open, number = "", name = "", onClose }) {
  const [form, setForm] = useState(EMPTY);
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const [key, setKey] = useState("");
  useLayoutEffect(() => {
    if (!open) return;
    setForm({ ...EMPTY, queue_id: queues.peek()[0]?.id ?? null, number, name });
    setProblem(null);
    setKey(freshKey());
  }, [open]);
  const set = (/** @type {string} */ field) => (/** @type {any} */ value) => setForm((held) => ({ ...held, [field]: value }));
  const wrong = (/** @type {string} */ field) => problem?.errors?.find((/** @type {any} */ e) => e.field.startsWith(field))?.message;
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const { from, until, ...rest } = form;
    try {
      const made = await askForCallback({ ...rest, number: form.number.trim(), name: form.name.trim(), reason: form.reason.trim(), window: from && until ? { from, until } : null }, key);
      onClose();
      say({ tone: "success", text: t("callback-taken", { name: made.name || numberOf(made) }), action: { label: t("show"), run: () => go(`/callbacks/${made.id}`) } });
    } catch (failure) {
      setProblem(failure);
      if (!(/** @type {any} */ (failure).offline)) setKey(freshKey());
    } finally {
      setBusy(false);
    }
  };
  return html`
    <${Dialog} open=${open} wide title=${t("callback-ask")} closeLabel=${t("close")} onClose=${onClose}
      footer=${html`<${Button} onClick=${onClose}>${t("cancel")}<//>
        <${Button} kind="primary" type="submit" form="callback" busy=${busy} disabled=${!form.number.trim() || form.queue_id === null
          || Boolean(form.from) !== Boolean(form.until)}>${t("callback-ask")}<//>`}>
      <form id="callback" class="form" onSubmit=${save}>
        ${problem && html`<${Banner} tone="danger" live>${problem.message || t("change-failed")}<//>`}
        ${queues.value.length > 1 && html`<${Select} label=${t("queue")} value=${form.queue_id} onValue=${set("queue_id")}
          options=${queues.value.map((it) => ({ value: it.id, label: it.name }))} />`}
        <div class="form-pair">
          <${TextField} label=${t("callback-number")} required inputmode="tel" value=${form.number} error=${wrong("number")}
            onValue=${set("number")} autocomplete="off" placeholder="+49 151 23456789" />
          <${TextField} label=${t("name")} optional=${t("optional")} value=${form.name} error=${wrong("name")} onValue=${set("name")}
            autocomplete="off" /></div>
        <${TextField} label=${t("callback-reason")} optional=${t("optional")} multiline rows="2" value=${form.reason}
          error=${wrong("reason")} onValue=${set("reason")} />
        <div class="form-pair">
          <${DateTime} label=${t("callback-from")} help=${t("callback-when-help")} value=${form.from} error=${wrong("window")} onValue=${set("from")} />
          <${DateTime} label=${t("callback-until")} value=${form.until} min=${form.from ?? undefined} onValue=${set("until")} /></div>
        <${Select} label=${t("callback-preferred")} value=${form.preferred_agent_id} onValue=${set("preferred_agent_id")}
          options=${[{ value: null, label: t("callback-anybody") }, ...activeAgents.value.map((it) => ({ value: it.id, label: it.name }))]} />
      </form>
    <//>
  `;
}
