import { useLayoutEffect, useState } from "preact/hooks";
import { freshKey, get, post } from "../../../api.js";
import { Banner } from "../../../components/banner.js";
import { Button } from "../../../components/button.js";
import { Dialog } from "../../../components/dialog.js";
import { TextField } from "../../../components/field.js";
import { Select } from "../../../components/select.js";
import { html } from "../../../html.js";
import { conversation, upsertConversation } from "../../../state/conversations.js";
import { upsertScheduled } from "../../../state/scheduled.js";
import { isAdministrator, me } from "../../../state/session.js";
import { t } from "../../../words.js";
import { openConversation, takenBack } from "../choice.js";
import { WithFiles } from "../composer/composing.js";
import { isFilled, TemplateForm, useTemplates } from "../composer/templates.js";
import { TextHint, TextMeter } from "../composer/textmeter.js";
import { useFiles } from "../composer/uploads.js";

/** @typedef {import("../../../types.js").Channel} Channel */

const NO_TEMPLATE = { id: "", variables: /** @type {Record<string, string>} */ ({}) };
/** The keyboard of a phone for an address. @type {Record<string, string>} */
const KEYBOARDS = { email: "email", phone: "tel", whatsapp: "tel" };

/** Write to someone first: a new conversation. @param {{openSignal: {value: boolean}}} props */
export function NewMessage({ openSignal }) {
  const open = openSignal.value;
  const [channels, setChannels] = useState(/** @type {Channel[]} */ ([]));
  const [form, setForm] = useState({ address: "", name: "", subject: "", text: "", channel_id: /** @type {number|null} */ (null) });
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [chosen, setChosen] = useState(NO_TEMPLATE);
  const [busy, setBusy] = useState(false);
  const [key, setKey] = useState("");
  const files = useFiles();
  const close = () => (openSignal.value = false);
  useLayoutEffect(() => {
    if (!open) return;
    setProblem(null);
    setKey(freshKey());
    const again = takenBack.peek();
    if (again) {
      takenBack.value = null;
      setForm({ address: again.address, name: conversation(again.conversation_id)?.identity.name ?? "", subject: again.subject ?? "", text: again.text, channel_id: again.channel_id });
      setChosen(again.template ? { id: again.template.id, variables: again.variables } : NO_TEMPLATE);
      files.put(again.attachments);
    }
    get("/api/channels")
      .then(({ items }) => {
        const usable = items.filter((/** @type {Channel} */ it) => it.state === "active" && it.offers?.send);
        setChannels(usable);
        setForm((held) => ({ ...held, channel_id: held.channel_id ?? usable[0]?.id ?? null }));
      })
      .catch(setProblem);
  }, [open]);
  const set = (/** @type {string} */ name) => (/** @type {any} */ value) => setForm((held) => ({ ...held, [name]: value }));
  const wrong = (/** @type {string} */ field) => problem?.errors?.find((/** @type {any} */ e) => e.field.endsWith(field))?.message;
  const channel = channels.find((it) => it.id === form.channel_id);
  const offers = channel?.offers;
  const templated = Boolean(offers?.templates);
  const held = useTemplates(open && templated ? form.channel_id : null);
  const template = held.templates?.find((it) => it.id === chosen.id && it.approved);
  const filed = !templated && Boolean(offers?.attachments);
  const complete = templated ? template && isFilled(template, chosen.variables) : form.text.trim() && !files.uploads.items.length;
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const identity = { kind: offers?.address_kind ?? "email", address: form.address.trim(), name: form.name.trim() || null };
      const said = templated ? { template: chosen } : { text: form.text, ...(offers?.subject ? { subject: form.subject } : {}), attachment_ids: filed ? files.attachments.map((it) => it.id) : [] };
      // a mail can be undone for a moment, as an answer can
      const hold = offers?.subject ? (me.peek()?.undo_seconds ?? 0) : 0;
      const made = await post("/api/conversations", { identity, channel_id: form.channel_id, ...said, ...(hold ? { hold_seconds: hold } : {}) }, key);
      upsertConversation(made.conversation);
      if (made.scheduled) upsertScheduled(made.scheduled);
      setForm((held) => ({ ...held, address: "", name: "", subject: "", text: "" }));
      setChosen(NO_TEMPLATE);
      files.clear();
      close();
      openConversation(made.conversation.id);
    } catch (refusal) {
      setProblem(refusal);
      if (!(/** @type {any} */ (refusal).offline)) setKey(freshKey());
    } finally {
      setBusy(false);
    }
  };
  const words = html`<${TextField} label=${t("message")} multiline rows=${offers?.segments ? 4 : 8} required error=${wrong("text")}
    value=${form.text} onValue=${set("text")} />`;
  return html`
    <${Dialog} open=${open} wide title=${t("new-message")} closeLabel=${t("close")} onClose=${close}
      footer=${html`<${Button} onClick=${close}>${t("cancel")}<//>
        <${Button} kind="primary" type="submit" form="new-message" icon="send" busy=${busy}
        disabled=${!form.address.trim() || !complete || form.channel_id === null}>${t("send")}<//>`}>
      <form id="new-message" class="form" onSubmit=${send}>
        ${problem && html`<${Banner} tone="danger" live title=${t("not-sent")}>${problem.message || t("change-failed")}<//>`}
        ${open && !problem && channels.length === 0 && html`<${Banner} tone="info">
          ${t(isAdministrator.value ? "no-channel-admin" : "no-channel")}<//>`}
        <${Select} label=${t("from-channel")} value=${form.channel_id} onValue=${set("channel_id")}
          options=${channels.map((it) => ({ value: it.id, label: it.name }))} />
        <div class="form-pair">
          <${TextField} label=${t("to-address")} type="text" inputmode=${KEYBOARDS[offers?.address_kind ?? "email"] ?? "text"} required error=${wrong("address")} value=${form.address}
            onValue=${set("address")} autocomplete="off" autofocus />
          <${TextField} label=${t("name")} optional=${t("optional")} value=${form.name} onValue=${set("name")} autocomplete="off" />
        </div>
        ${offers?.subject && html`<${TextField} label=${t("subject")} error=${wrong("subject")} value=${form.subject} onValue=${set("subject")} />`}
        ${templated
          ? html`<fieldset class="form-group new-template"><legend>${t("message")}</legend><p class="field-help">${t("template-first")}</p>
            <${TemplateForm} approvedOnly held=${held} chosen=${chosen} onChoose=${setChosen} /></fieldset>`
          : filed ? html`<${WithFiles} files=${files}>${words}<//>` : words}
        ${offers?.segments && html`<div class="new-segments"><${TextMeter} text=${form.text} />
          <${TextHint} text=${form.text} onText=${set("text")} /></div>`}
      </form>
    <//>
  `;
}
