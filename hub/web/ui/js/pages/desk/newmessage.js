import { useEffect, useState } from "preact/hooks";
import { freshKey, get, post } from "../../api.js";
import { Banner } from "../../components/banner.js";
import { Button } from "../../components/button.js";
import { Dialog } from "../../components/dialog.js";
import { TextField } from "../../components/field.js";
import { Select } from "../../components/select.js";
import { html } from "../../html.js";
import { upsertConversation } from "../../state/conversations.js";
import { isAdministrator } from "../../state/session.js";
import { t } from "../../words.js";
import { openConversation } from "./choice.js";

/** Write to someone first: a new conversation. @param {{openSignal: {value: boolean}}} props */
export function NewMessage({ openSignal }) {
  const open = openSignal.value;
  const [channels, setChannels] = useState(/** @type {any[]} */ ([]));
  const [form, setForm] = useState({ address: "", name: "", subject: "", text: "", channel_id: /** @type {number|null} */ (null) });
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const [key, setKey] = useState("");
  const close = () => (openSignal.value = false);
  useEffect(() => {
    if (!open) return;
    setProblem(null);
    setKey(freshKey());
    get("/api/channels")
      .then(({ items }) => {
        const usable = items.filter((/** @type {any} */ it) => it.state === "active");
        setChannels(usable);
        setForm((held) => ({ ...held, channel_id: held.channel_id ?? usable[0]?.id ?? null }));
      })
      .catch(setProblem);
  }, [open]);
  const set = (/** @type {string} */ name) => (/** @type {any} */ value) => setForm((held) => ({ ...held, [name]: value }));
  const wrong = (/** @type {string} */ field) => problem?.errors?.find((/** @type {any} */ e) => e.field.endsWith(field))?.message;
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const kind = channels.find((it) => it.id === form.channel_id)?.kind ?? "email";
      const made = await post("/api/conversations", { identity: { kind, address: form.address.trim(), name: form.name.trim() || null }, channel_id: form.channel_id, subject: form.subject, text: form.text, attachment_ids: [] }, key);
      upsertConversation(made.conversation);
      setForm((held) => ({ ...held, address: "", name: "", subject: "", text: "" }));
      close();
      openConversation(made.conversation.id);
    } catch (refusal) {
      setProblem(refusal);
      if (!(/** @type {any} */ (refusal).offline)) setKey(freshKey());
    } finally {
      setBusy(false);
    }
  };
  return html`
    <${Dialog} open=${open} wide title=${t("new-message")} closeLabel=${t("close")} onClose=${close}
      footer=${html`<${Button} onClick=${close}>${t("cancel")}<//>
        <${Button} kind="primary" type="submit" form="new-message" icon="send" busy=${busy}
        disabled=${!form.address.trim() || !form.text.trim() || form.channel_id === null}>${t("send")}<//>`}>
      <form id="new-message" class="form" onSubmit=${send}>
        ${problem && html`<${Banner} tone="danger" live title=${t("not-sent")}>${problem.message || t("change-failed")}<//>`}
        ${open && !problem && channels.length === 0 && html`<${Banner} tone="info">
          ${t(isAdministrator.value ? "no-channel-admin" : "no-channel")}<//>`}
        <${Select} label=${t("from-channel")} value=${form.channel_id} onValue=${set("channel_id")}
          options=${channels.map((it) => ({ value: it.id, label: it.name }))} />
        <div class="form-pair">
          <${TextField} label=${t("to-address")} type="text" inputmode="email" required error=${wrong("address")} value=${form.address}
            onValue=${set("address")} autocomplete="off" autofocus />
          <${TextField} label=${t("name")} optional=${t("optional")} value=${form.name} onValue=${set("name")} autocomplete="off" />
        </div>
        <${TextField} label=${t("subject")} error=${wrong("subject")} value=${form.subject} onValue=${set("subject")} />
        <${TextField} label=${t("message")} multiline rows="8" required error=${wrong("text")} value=${form.text} onValue=${set("text")} />
      </form>
    <//>
  `;
}
