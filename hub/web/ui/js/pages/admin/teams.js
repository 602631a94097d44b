import { useState } from "preact/hooks";
import { Avatar } from "../../components/avatar.js";
import { TextField } from "../../components/field.js";
import { Icon } from "../../components/icon.js";
import { list } from "../../format.js";
import { html } from "../../html.js";
import { activeAgents, agents } from "../../state/session.js";
import { changeTeam, createTeam, loadTeams, teams } from "../../state/teams.js";
import { t } from "../../words.js";
import { DefinitionDialog, DefinitionRow, DefinitionsPage } from "./definitions.js";

/** @typedef {import("../../types.js").Team} Team */

const FACES = 5;
const NEW = { name: "", member_ids: /** @type {number[]} */ ([]) };

/** Who shares a queue. */
export function TeamsPage() {
  const [edited, setEdited] = useState(/** @type {Team|typeof NEW|null} */ (null));
  const all = [...teams.value.values()].sort((a, b) => Number(a.archived) - Number(b.archived) || a.name.localeCompare(b.name));
  return html`
    <${DefinitionsPage} name="teams" icon="users" add="team-new" load=${loadTeams} count=${all.length} onAdd=${() => setEdited(NEW)}>
      <ul class="card agent-list">${all.map((it) => {
        const members = it.member_ids.map((id) => agents.value.get(id)).filter((one) => one !== undefined);
        return html`<${DefinitionRow} key=${it.id} name=${it.name} archived=${it.archived} words="team" onEdit=${() => setEdited(it)}
          archive=${(/** @type {boolean} */ archived) => changeTeam(it.id, { archived })}>
          <${Icon} name="users" size=${18} /><span class="grow stack-tight"><span class="strong truncate" dir="auto">${it.name}</span>
            <span class="muted small truncate">${members.length ? list(members.map((one) => one.name)) : t("team-members", { n: 0 })}</span></span>
          <span class="faces" aria-hidden="true">${members.slice(0, FACES).map((one) => html`<${Avatar} key=${one.id} name=${one.name} letters=${one.initials} size="small" />`)}</span>
        <//>`;
      })}</ul>
    <//>
    <${TeamDialog} edited=${edited} onClose=${() => setEdited(null)} />
  `;
}

/** @param {{edited: Team|typeof NEW|null, onClose: () => void}} props */
function TeamDialog({ edited, onClose }) {
  const [form, setForm] = useState(NEW);
  const [shown, setShown] = useState(edited);
  if (edited !== shown) {
    setShown(edited);
    if (edited) setForm({ name: edited.name, member_ids: edited.member_ids });
  }
  const save = () => {
    const wanted = { ...form, name: form.name.trim() };
    return edited && "id" in edited ? changeTeam(edited.id, wanted) : createTeam(wanted);
  };
  const toggle = (/** @type {number} */ id) =>
    setForm((held) => ({ ...held, member_ids: held.member_ids.includes(id) ? held.member_ids.filter((one) => one !== id) : [...held.member_ids, id] }));
  return html`<${DefinitionDialog} open=${edited !== null} title=${t(edited && "id" in edited ? "team-edit" : "team-new")} valid=${Boolean(form.name.trim())} save=${save} onClose=${onClose}>
    ${(/** @type {(field: string) => string|undefined} */ wrong) => html`
      <${TextField} label=${t("name")} value=${form.name} error=${wrong("name")} onValue=${(/** @type {string} */ name) => setForm((held) => ({ ...held, name }))}
        autocomplete="off" required autofocus />
      <fieldset class="form-group"><legend>${t("members")}</legend><div class="choices">
        ${activeAgents.value.map((it) => html`<label key=${it.id} class="choice"><input type="checkbox" checked=${form.member_ids.includes(it.id)} onChange=${() => toggle(it.id)} />
          <${Avatar} name=${it.name} letters=${it.initials} size="small" /><span class="truncate">${it.name}</span></label>`)}</div></fieldset>`}
  <//>`;
}
