import { Button } from "../../components/button.js";
import { Menu } from "../../components/menu.js";
import { Select } from "../../components/select.js";
import { say } from "../../components/toast.js";
import { html } from "../../html.js";
import { removeOne } from "../../state/replies.js";
import { isAdministrator } from "../../state/session.js";
import { teams } from "../../state/teams.js";
import { t } from "../../words.js";

/** @typedef {import("../../types.js").Scope} Scope */

/** A row of what is ready to be used, with what can be done to it: by administrators, and where it is one's `own`. Removing
 * can be taken back: `again` makes it anew.
 * @param {{noun: 'replies'|'macros'|'brands', id: number, name: string, own?: boolean, onEdit: () => void, again: () => Promise<any>, children: any}} props */
export function ReadyRow({ noun, id, name, own, onEdit, again, children }) {
  const failed = (/** @type {any} */ problem) => say({ tone: "danger", text: problem.message || t("change-failed") });
  const drop = async () => {
    try {
      await removeOne(noun, id);
      say({ text: t("removed-toast", { name }), action: { label: t("undo"), run: () => void again().catch(failed) } });
    } catch (problem) {
      failed(problem);
    }
  };
  const items = [
    { label: t("edit-one"), icon: "pencil", onSelect: onEdit },
    { divider: true, label: "" },
    { label: t("remove-one"), icon: "trash-2", danger: true, onSelect: () => void drop() },
  ];
  return html`
    <li class="agent-row">
      ${children}
      ${(own || isAdministrator.value) && html`<${Menu} label=${t("actions-for", { name })} items=${items} align="end" trigger=${(/** @type {any} */ a) => html`<${Button} ...${a} kind="quiet"
        icon="ellipsis" tip=${t("actions-for", { name })} />`} />`}
    </li>
  `;
}

/** What somebody begins with: for all, or for themselves. @returns {Scope} */
export const firstScope = () => (isAdministrator.peek() ? "shared" : "personal");

/** Whose it is. @param {{scope: Scope, team_id: number|null}} it */
export const scopeName = (it) => (it.scope === "team" ? (teams.value.get(it.team_id ?? 0)?.name ?? t("scope-team")) : t(`scope-${it.scope}`));

/** Who may use it. @param {{scope: Scope, teamId: number|null, onChoose: (choice: {scope: Scope, team_id: number|null}) => void}} props */
export function ScopeChoice({ scope, teamId, onChoose }) {
  const known = [...teams.value.values()].filter((it) => !it.archived);
  const others = [{ value: "shared", label: t("scope-shared") }, ...known.map((it) => ({ value: `team ${it.id}`, label: it.name }))];
  const options = [...(isAdministrator.value ? others : []), { value: "personal", label: t("scope-personal") }];
  const choose = (/** @type {string} */ value) => {
    const [name, id] = value.split(" ");
    onChoose({ scope: /** @type {Scope} */ (name), team_id: id ? Number(id) : null });
  };
  return html`<${Select} label=${t("scope")} value=${scope === "team" ? `team ${teamId}` : scope} options=${options} onValue=${choose} />`;
}
