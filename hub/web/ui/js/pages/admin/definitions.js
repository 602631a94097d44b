import { useEffect, useState } from "preact/hooks";
import { Badge } from "../../components/badge.js";
import { Banner } from "../../components/banner.js";
import { Button } from "../../components/button.js";
import { Dialog } from "../../components/dialog.js";
import { Empty } from "../../components/empty.js";
import { Menu } from "../../components/menu.js";
import { Skeleton } from "../../components/skeleton.js";
import { say } from "../../components/toast.js";
import { classes, html } from "../../html.js";
import { t } from "../../words.js";
import { NotLoaded } from "../notloaded.js";

/** A page of things that administrators set up: teams, labels, fields.
 * @param {{name: 'teams'|'labels'|'fields'|'canned-replies'|'macros'|'brands', icon: string, add: string, load: () => Promise<any>, count: number, onAdd: () => void, children: any}} props */
export function DefinitionsPage({ name, icon, add, load, count, onAdd, children }) {
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [read, setRead] = useState(count > 0);
  const again = () => {
    setProblem(null);
    load().then(() => setRead(true), setProblem);
  };
  useEffect(again, []);
  const button = html`<${Button} kind="primary" icon="plus" onClick=${onAdd}>${t(add)}<//>`;
  return html`
    <header class="page-head"><div><h1>${t(name)}</h1><p class="muted">${t(`${name}-text`)}</p></div>${count > 0 && button}</header>
    ${problem && !read
      ? html`<${NotLoaded} problem=${problem} onAgain=${again} />`
      : !read
        ? html`<${Skeleton} kind="rows" count=${3} label=${t("loading")} />`
        : count === 0
          ? html`<${Empty} icon=${icon} title=${t(`${name}-empty`)} action=${button}>${t(`${name}-empty-text`)}<//>`
          : children}
  `;
}

/** One of them, with what can be done to it. Archiving can be taken back at once and later.
 * @param {{name: string, archived: boolean, words: 'team'|'label'|'field', onEdit: () => void, archive: (archived: boolean) => Promise<any>, children: any}} props */
export function DefinitionRow({ name, archived, words, onEdit, archive, children }) {
  const set = async (/** @type {boolean} */ to) => {
    try {
      await archive(to);
      say({ text: t(to ? "archived-toast" : "restored-toast", { name }), action: { label: t("undo"), run: () => void set(!to) } });
    } catch (problem) {
      say({ tone: "danger", text: /** @type {Error} */ (problem).message || t("change-failed") });
    }
  };
  const items = [
    { label: t(`${words}-edit`), icon: "pencil", onSelect: onEdit },
    { divider: true, label: "" },
    { label: t(archived ? `${words}-restore` : `${words}-archive`), icon: archived ? "rotate-ccw" : "archive", onSelect: () => void set(!archived) },
  ];
  return html`
    <li class=${classes("agent-row", archived && "off")}>
      ${children}
      ${archived && html`<${Badge} icon="archive">${t("archived")}<//>`}
      <${Menu} label=${t("actions-for", { name })} items=${items} align="end" trigger=${(/** @type {any} */ a) => html`<${Button} ...${a} kind="quiet"
        icon="ellipsis" tip=${t("actions-for", { name })} />`} />
    </li>
  `;
}

/** A form in a dialog. `save` throws a Problem; what is wrong with a field is told by `wrong`.
 * @param {{open: boolean, title: string, valid: boolean, save: () => Promise<any>, onClose: () => void,
 *   children: (wrong: (field: string) => string|undefined) => any}} props */
export function DefinitionDialog({ open, title, valid, save, onClose, children }) {
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  useEffect(() => setProblem(null), [open]);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await save();
      say({ text: t("saved") });
      onClose();
    } catch (failure) {
      setProblem(failure);
    } finally {
      setBusy(false);
    }
  };
  const wrong = (/** @type {string} */ field) => problem?.errors?.find((/** @type {any} */ e) => e.field.split(".").includes(field))?.message;
  return html`
    <${Dialog} open=${open} title=${title} closeLabel=${t("close")} onClose=${onClose}
      footer=${html`<${Button} onClick=${onClose}>${t("cancel")}<//><${Button} kind="primary" type="submit" form="definition" busy=${busy}
        disabled=${!valid}>${t("save")}<//>`}>
      <form id="definition" class="form" onSubmit=${submit}>
        ${problem && !problem.errors?.length && html`<${Banner} tone="danger" live>${problem.message || t("change-failed")}<//>`}
        ${children(wrong)}
      </form>
    <//>
  `;
}
