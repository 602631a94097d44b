import { useEffect, useState } from "preact/hooks";
import { TextField } from "../../components/field.js";
import { Icon } from "../../components/icon.js";
import { Select } from "../../components/select.js";
import { LabelDot } from "../../components/labelpill.js";
import { list } from "../../format.js";
import { html } from "../../html.js";
import { activeLabels, labels } from "../../state/labels.js";
import { loadReplies, macros, replies, saveMacro } from "../../state/replies.js";
import { teams } from "../../state/teams.js";
import { t } from "../../words.js";
import { DefinitionDialog, DefinitionsPage } from "./definitions.js";
import { LaterFields, laterWords, TOMORROW } from "./laterfields.js";
import { firstScope, ReadyRow, ScopeChoice, scopeName } from "./ready.js";

/** @typedef {import("../../types.js").Macro} Macro */
/** @typedef {Omit<Macro, "id"|"owner_id"> & {id?: number}} Form */

const PRIORITIES = ["urgent", "high", "normal", "low"];
/** @returns {Form} */
const fresh = () => ({ name: "", scope: firstScope(), team_id: null, reply_id: null, change: {} });

/** @param {Form} it */
const wanted = ({ name, scope, team_id, reply_id, change }) => ({ name: name.trim(), scope, team_id, reply_id, change });

/** What a macro does, in few words. @param {Macro} it */
function doing(it) {
  const { change } = it;
  return list(
    [
      it.reply_id && replies.value.find((one) => one.id === it.reply_id)?.name,
      change.state && t(`macro-state-${change.state}`),
      change.priority && t(`priority-${change.priority}`),
      change.team_id && teams.value.get(change.team_id)?.name,
      ...(change.label_ids_add ?? []).map((/** @type {number} */ id) => labels.value.get(id)?.name),
      change.snooze && (change.snooze.later ? t("macro-snooze-for", { when: laterWords(change.snooze.later) }) : t("snooze-reply")),
      change.task && change.task.text,
    ].filter((words) => typeof words === "string"),
  );
}

/** A change and the words for it, in one step. */
export function MacrosPage() {
  const [edited, setEdited] = useState(/** @type {Form|null} */ (null));
  useEffect(() => void loadReplies().catch(() => undefined), []);
  return html`
    <${DefinitionsPage} name="macros" icon="zap" add="macro-add" load=${loadReplies} count=${macros.value.length} onAdd=${() => setEdited(fresh())}>
      <ul class="card agent-list">${macros.value.map((it) => html`<${ReadyRow} key=${it.id} noun="macros" id=${it.id} name=${it.name} own=${it.scope === "personal"}
        onEdit=${() => setEdited(it)} again=${() => saveMacro(null, wanted(it))}>
        <${Icon} name="zap" size=${18} /><span class="grow stack-tight"><span class="strong truncate" dir="auto">${it.name}</span>
          <span class="muted small truncate" dir="auto">${doing(it)}</span></span>
        <span class="muted small">${scopeName(it)}</span><//>`)}</ul>
    <//>
    <${MacroDialog} edited=${edited} onClose=${() => setEdited(null)} />
  `;
}

/** @param {{edited: Form|null, onClose: () => void}} props */
function MacroDialog({ edited, onClose }) {
  const [form, setForm] = useState(fresh);
  const [shown, setShown] = useState(edited);
  if (edited !== shown) {
    setShown(edited);
    if (edited) setForm(edited);
  }
  const set = (/** @type {Partial<Form>} */ changes) => setForm((held) => ({ ...held, ...changes }));
  const change = (/** @type {string} */ name, /** @type {any} */ value) => {
    const { [name]: _, ...others } = form.change;
    set({ change: value === null || value === "" || value?.length === 0 ? others : { ...others, [name]: value } });
  };
  const labelled = /** @type {number[]} */ (form.change.label_ids_add ?? []);
  const toggle = (/** @type {number} */ id) => change("label_ids_add", labelled.includes(id) ? labelled.filter((one) => one !== id) : [...labelled, id]);
  const { task } = form.change;
  const leave = { value: "", label: t("macro-nothing") };
  return html`<${DefinitionDialog} open=${edited !== null} title=${t(edited?.id ? "edit-one" : "macro-new")} onClose=${onClose}
    valid=${Boolean(form.name.trim() && (form.reply_id || Object.keys(form.change).length))} save=${() => saveMacro(edited?.id ?? null, wanted(form))}>
    ${(/** @type {(field: string) => string|undefined} */ wrong) => html`
      <${TextField} label=${t("name")} value=${form.name} error=${wrong("name")} onValue=${(/** @type {string} */ name) => set({ name })} autocomplete="off" required autofocus />
      <div class="form-pair">
        <${ScopeChoice} scope=${form.scope} teamId=${form.team_id} onChoose=${set} />
        <${Select} label=${t("macro-reply")} value=${form.reply_id === null ? "" : String(form.reply_id)} error=${wrong("reply_id")}
          options=${[{ value: "", label: t("macro-no-reply") }, ...replies.value.map((it) => ({ value: String(it.id), label: it.name }))]}
          onValue=${(/** @type {string} */ value) => set({ reply_id: value ? Number(value) : null })} />
      </div>
      <fieldset class="form-group"><legend>${t("macro-change")}</legend>
        <div class="form-pair">
          <${Select} label=${t("macro-state")} value=${form.change.snooze ? (form.change.snooze.later ? "later" : "snooze") : (form.change.state ?? "")}
            options=${[leave, { value: "resolved", label: t("macro-state-resolved") }, { value: "open", label: t("macro-state-open") }, { value: "snooze", label: t("snooze-reply") }, { value: "later", label: t("macro-snooze-later") }]}
            onValue=${(/** @type {string} */ value) => {
              const { state: _, snooze: __, ...others } = form.change;
              const snooze = value === "snooze" ? { until: null } : value === "later" ? { later: TOMORROW } : null;
              set({ change: snooze ? { ...others, snooze } : value ? { ...others, state: value } : others });
            }} />
          <${Select} label=${t("priority")} value=${form.change.priority ?? ""} onValue=${(/** @type {string} */ value) => change("priority", value)}
            options=${[leave, ...PRIORITIES.map((value) => ({ value, label: t(`priority-${value}`) }))]} />
        </div>
        ${form.change.snooze?.later && html`<${LaterFields} label=${t("snooze-until")} value=${form.change.snooze.later} onValue=${(/** @type {any} */ later) => change("snooze", { later })} />`}
        <${Select} label=${t("team")} value=${form.change.team_id ? String(form.change.team_id) : ""} onValue=${(/** @type {string} */ value) => change("team_id", value ? Number(value) : null)}
          options=${[leave, ...[...teams.value.values()].filter((it) => !it.archived).map((it) => ({ value: String(it.id), label: it.name }))]} />
      </fieldset>
      <fieldset class="form-group"><legend>${t("macro-task")}</legend>
        <${TextField} label=${t("task-text")} optional=${t("optional")} value=${task?.text ?? ""} maxlength="2000" autocomplete="off" dir="auto"
          onValue=${(/** @type {string} */ text) => change("task", text ? { due: null, ...task, text } : null)} />
        ${task && html`<label class="choice"><input type="checkbox" checked=${task.due !== null}
          onChange=${() => change("task", { ...task, due: task.due ? null : TOMORROW })} />${t("macro-task-dated")}</label>`}
        ${task?.due && html`<${LaterFields} label=${t("task-due")} value=${task.due} onValue=${(/** @type {any} */ due) => change("task", { ...task, due })} />`}
      </fieldset>
      ${activeLabels.value.length > 0 && html`<fieldset class="form-group"><legend>${t("labels")}</legend><div class="choices">
        ${activeLabels.value.map((it) => html`<label key=${it.id} class="choice"><input type="checkbox" checked=${labelled.includes(it.id)} onChange=${() => toggle(it.id)} />
          <${LabelDot} tint=${it.tint} /><span class="truncate">${it.name}</span></label>`)}</div></fieldset>`}`}
  <//>`;
}
