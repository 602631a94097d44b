import { useLayoutEffect, useState } from "preact/hooks";
import { Banner } from "../../../components/banner.js";
import { Button } from "../../../components/button.js";
import { Dialog } from "../../../components/dialog.js";
import { TextField } from "../../../components/field.js";
import { say } from "../../../components/toast.js";
import { html } from "../../../html.js";
import { saveReply } from "../../../state/replies.js";
import { locale, t } from "../../../words.js";

/** What is written as a canned reply of one's own. @param {{open: boolean, text: string, onClose: () => void}} props */
export function SaveReply({ open, text, onClose }) {
  const [form, setForm] = useState({ name: "", shortcut: "", text: "" });
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  useLayoutEffect(() => {
    if (open) setForm({ name: "", shortcut: "", text });
    setProblem(null);
  }, [open]);
  const set = (/** @type {string} */ name) => (/** @type {string} */ value) => setForm((held) => ({ ...held, [name]: value }));
  const wrong = (/** @type {string} */ field) => problem?.errors?.find((/** @type {any} */ it) => it.field.startsWith(field))?.message;
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    event.stopPropagation(); // the dialog stands inside the composer's own form
    setBusy(true);
    try {
      await saveReply(null, { name: form.name.trim(), shortcut: form.shortcut.trim(), scope: "personal", texts: { [locale.peek()]: form.text } });
      say({ tone: "success", text: t("reply-saved", { name: form.name.trim() }) });
      onClose();
    } catch (refusal) {
      setProblem(refusal);
    } finally {
      setBusy(false);
    }
  };
  return html`
    <${Dialog} open=${open} title=${t("slash-save")} closeLabel=${t("close")} onClose=${onClose}
      footer=${html`<${Button} onClick=${onClose}>${t("cancel")}<//><${Button} kind="primary" busy=${busy} disabled=${!form.name.trim() || !form.text.trim()} onClick=${save}>${t("save")}<//>`}>
      <div class="form">
        ${problem && !problem.errors?.length && html`<${Banner} tone="danger" live>${problem.message || t("change-failed")}<//>`}
        <div class="form-pair">
          <${TextField} label=${t("name")} required value=${form.name} error=${wrong("name")} onValue=${set("name")} autocomplete="off" />
          <${TextField} label=${t("shortcut-word")} help=${t("shortcut-word-help")} value=${form.shortcut} error=${wrong("shortcut")} onValue=${set("shortcut")} autocomplete="off" />
        </div>
        <${TextField} label=${t("reply-words")} help=${t("reply-variables")} multiline rows="6" value=${form.text} error=${wrong("texts")} onValue=${set("text")} />
      </div>
    <//>
  `;
}
