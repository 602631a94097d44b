import { useState } from "preact/hooks";
import { request } from "../../api.js";
import { Badge } from "../../components/badge.js";
import { Button } from "../../components/button.js";
import { TextField } from "../../components/field.js";
import { FilePick } from "../../components/filedrop.js";
import { Icon } from "../../components/icon.js";
import { Select } from "../../components/select.js";
import { say } from "../../components/toast.js";
import { html } from "../../html.js";
import { loadReplies, replies, saveReply } from "../../state/replies.js";
import { locale, t } from "../../words.js";
import { DefinitionDialog, DefinitionsPage } from "./definitions.js";
import { firstScope, ReadyRow, ScopeChoice, scopeName } from "./ready.js";

/** @typedef {import("../../types.js").CannedReply} CannedReply */
/** @typedef {Omit<CannedReply, "id"|"owner_id"> & {id?: number}} Form */

const LANGUAGES = ["ar", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hu", "it", "ja", "ko", "nl", "no", "pl", "pt", "ro", "ru", "sv", "tr", "uk", "zh"];

/** @returns {Form} */
const fresh = () => ({ name: "", shortcut: "", scope: firstScope(), team_id: null, texts: { [locale.peek()]: "" }, attachments: [] });

/** What the hub is told of it. @param {Form} it */
const wanted = ({ name, shortcut, scope, team_id, texts, attachments }) => ({ name: name.trim(), shortcut: shortcut.trim(), scope, team_id, texts, attachment_ids: attachments.map((one) => one.id) });

/** @param {string} code */
const languageName = (code) => new Intl.DisplayNames(locale.value, { type: "language" }).of(code) ?? code;

/** Words that are written again and again. */
export function RepliesPage() {
  const [edited, setEdited] = useState(/** @type {Form|null} */ (null));
  return html`
    <${DefinitionsPage} name="canned-replies" icon="message-square-text" add="reply-add" load=${loadReplies} count=${replies.value.length} onAdd=${() => setEdited(fresh())}>
      <ul class="card agent-list">${replies.value.map((it) => html`<${ReadyRow} key=${it.id} noun="replies" id=${it.id} name=${it.name} own=${it.scope === "personal"}
        onEdit=${() => setEdited(it)} again=${() => saveReply(null, wanted(it))}>
        <${Icon} name="message-square-text" size=${18} /><span class="grow stack-tight"><span class="row"><span class="strong truncate" dir="auto">${it.name}</span>
          ${it.shortcut && html`<${Badge}><bdi dir="ltr">/${it.shortcut}</bdi><//>`}</span>
          <span class="muted small truncate" dir="auto">${it.texts[locale.value] ?? it.texts.en ?? Object.values(it.texts)[0]}</span></span>
        <span class="row-notes muted small"><span>${Object.keys(it.texts).sort().join(" · ")}</span><span>${scopeName(it)}</span></span><//>`)}</ul>
    <//>
    <${ReplyDialog} edited=${edited} onClose=${() => setEdited(null)} />
  `;
}

/** @param {{edited: Form|null, onClose: () => void}} props */
function ReplyDialog({ edited, onClose }) {
  const [form, setForm] = useState(fresh());
  const [lang, setLang] = useState("en");
  const [shown, setShown] = useState(edited);
  if (edited !== shown) {
    setShown(edited);
    if (edited) {
      setForm(edited);
      setLang(locale.peek() in edited.texts ? locale.peek() : Object.keys(edited.texts)[0]);
    }
  }
  const set = (/** @type {Partial<Form>} */ changes) => setForm((held) => ({ ...held, ...changes }));
  const spoken = Object.keys(form.texts);
  const add = (/** @type {string} */ code) => {
    if (!(code in form.texts)) set({ texts: { ...form.texts, [code]: "" } });
    setLang(code);
  };
  const without = () => {
    const { [lang]: _, ...others } = form.texts;
    set({ texts: others });
    setLang(Object.keys(others)[0]);
  };
  const attach = async (/** @type {File[]} */ files) => {
    for (const file of files) {
      const body = new FormData();
      body.append("file", file, file.name);
      try {
        const { data } = await request("POST", "/api/attachments", { form: body });
        setForm((held) => ({ ...held, attachments: [...held.attachments, data] }));
      } catch (problem) {
        say({ tone: "danger", text: /** @type {Error} */ (problem).message || t("upload-failed") });
      }
    }
  };
  return html`<${DefinitionDialog} open=${edited !== null} title=${t(edited?.id ? "edit-one" : "reply-new")} onClose=${onClose}
    valid=${Boolean(form.name.trim() && Object.values(form.texts).some((it) => it.trim()))} save=${() => saveReply(edited?.id ?? null, wanted(form))}>
    ${(/** @type {(field: string) => string|undefined} */ wrong) => html`
      <div class="form-pair">
        <${TextField} label=${t("name")} value=${form.name} error=${wrong("name")} onValue=${(/** @type {string} */ name) => set({ name })} autocomplete="off" required autofocus />
        <${TextField} label=${t("shortcut-word")} help=${t("shortcut-word-help")} value=${form.shortcut} error=${wrong("shortcut")}
          onValue=${(/** @type {string} */ shortcut) => set({ shortcut })} autocomplete="off" spellcheck=${false} />
      </div>
      <div class="form-pair">
        <${ScopeChoice} scope=${form.scope} teamId=${form.team_id} onChoose=${set} />
        <${Select} label=${t("reply-language")} value=${lang} onValue=${add}
          options=${[...new Set([...spoken, ...LANGUAGES])].map((value) => ({ value, label: `${languageName(value)}${form.texts[value]?.trim() ? " ✓" : ""}` }))} />
      </div>
      <${TextField} label=${t("reply-words-in", { language: languageName(lang) })} help=${t("reply-variables")} multiline rows="8" dir="auto" lang=${lang}
        value=${form.texts[lang] ?? ""} error=${wrong(lang) ?? wrong("texts")}
        onValue=${(/** @type {string} */ words) => set({ texts: { ...form.texts, [lang]: words } })} />
      ${spoken.length > 1 && html`<div><${Button} size="small" kind="quiet" icon="trash-2" onClick=${without}>${t("reply-language-remove")}<//></div>`}
      <fieldset class="form-group"><legend>${t("reply-files")}</legend>
        ${form.attachments.length > 0 && html`<ul class="reply-files">${form.attachments.map((it) => html`<li key=${it.id}><${Icon} name="paperclip" size=${14} />
          <span class="grow truncate">${it.filename}</span><${Button} size="small" kind="quiet" icon="x" tip=${t("remove-file", { name: it.filename })}
          onClick=${() => set({ attachments: form.attachments.filter((one) => one.id !== it.id) })} /></li>`)}</ul>`}
        <div><${FilePick} onFiles=${attach} trigger=${(/** @type {() => void} */ open) => html`<${Button} size="small" icon="paperclip" onClick=${open}>${t("attach")}<//>`} /></div>
      </fieldset>`}
  <//>`;
}
