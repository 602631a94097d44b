import { signal } from "@preact/signals";
import { useLayoutEffect, useState } from "preact/hooks";
import { Banner } from "../../../components/banner.js";
import { Button } from "../../../components/button.js";
import { Dialog } from "../../../components/dialog.js";
import { Switch, TextField } from "../../../components/field.js";
import { Icon } from "../../../components/icon.js";
import { say } from "../../../components/toast.js";
import { html } from "../../../html.js";
import { changeView, createView } from "../../../state/views.js";
import { t } from "../../../words.js";
import { chooseView } from "../choice.js";
import { VIEW_ICONS } from "../viewicons.js";

/** @typedef {{id: string|null} & Pick<import("../../../types.js").View, 'name'|'icon'|'shared'|'filter'|'sort'>} Edited */

const edited = signal(/** @type {Edited|null} */ (null));
/** @param {Edited} view with id null: a new one */
export const editView = (view) => void (edited.value = view);

/** What a saved view is called, how it looks, and who sees it. */
export function ViewDialog() {
  const it = edited.value;
  const [form, setForm] = useState({ name: "", icon: "", shared: false });
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const close = () => void (edited.value = null);
  useLayoutEffect(() => {
    if (!it) return;
    setForm({ name: it.name, icon: it.icon || VIEW_ICONS[0], shared: it.shared });
    setProblem(null);
  }, [it]);
  const set = (/** @type {string} */ name) => (/** @type {any} */ value) => setForm((held) => ({ ...held, [name]: value }));
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!it) return;
    const wanted = { ...form, name: form.name.trim() };
    setBusy(true);
    setProblem(null);
    try {
      if (it.id) await changeView(it.id, wanted);
      else {
        chooseView((await createView({ ...wanted, filter: it.filter, sort: it.sort })).id);
        say({ text: t("view-saved", { name: wanted.name }) });
      }
      close();
    } catch (failure) {
      setProblem(failure);
    } finally {
      setBusy(false);
    }
  };
  return html`
    <${Dialog} open=${it !== null} title=${t(it?.id ? "view-edit" : "view-save")} closeLabel=${t("close")} onClose=${close}
      footer=${html`<${Button} onClick=${close}>${t("cancel")}<//><${Button} kind="primary" type="submit" form="view" busy=${busy}
        disabled=${!form.name.trim()}>${t("save")}<//>`}>
      <form id="view" class="form" onSubmit=${save}>
        ${problem && html`<${Banner} tone="danger" live>${problem.errors?.[0]?.message || problem.message || t("change-failed")}<//>`}
        <${TextField} label=${t("name")} value=${form.name} onValue=${set("name")} maxlength="80" autocomplete="off" required autofocus />
        <fieldset class="form-group"><legend>${t("view-icon")}</legend><div class="icon-choices">
          ${VIEW_ICONS.map((name) => html`<label key=${name} class="icon-choice"><input type="radio" name="icon" class="visually-hidden" value=${name} checked=${form.icon === name}
            aria-label=${t(`icon-${name}`)} onChange=${() => set("icon")(name)} /><${Icon} name=${name} size=${18} /></label>`)}</div></fieldset>
        <${Switch} label=${t("view-share")} help=${t("view-share-help")} checked=${form.shared} onValue=${set("shared")} />
      </form>
    <//>
  `;
}
