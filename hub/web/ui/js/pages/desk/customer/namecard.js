import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Avatar } from "../../../components/avatar.js";
import { Button } from "../../../components/button.js";
import { date, full } from "../../../format.js";
import { html } from "../../../html.js";
import { addressOf } from "../../../naming.js";
import { changeCustomer } from "../../../state/customers.js";
import { t } from "../../../words.js";
import { sayProblem } from "../commands.js";

/** The name, changed in place. @param {{it: import("../../../types.js").Customer}} props */
export function NameCard({ it }) {
  const [editing, setEditing] = useState(false);
  const [name, setName] = useState(it.name);
  const shown = it.name || (it.identities[0] ? addressOf(it.identities[0]) : "");
  const pencil = useRef(/** @type {HTMLElement|null} */ (null));
  const edited = useRef(false);
  useLayoutEffect(() => {
    if (!editing && edited.current && document.activeElement === document.body) pencil.current?.focus();
    edited.current = editing;
  }, [editing]);
  const save = (/** @type {Event} */ event) => {
    event.preventDefault();
    setEditing(false);
    if (name.trim() && name.trim() !== it.name) changeCustomer(it.id, { name: name.trim() }).catch(sayProblem);
  };
  return html`
    <div class="name-card">
      <${Avatar} name=${shown} size="large" />
      ${editing
        ? html`<form class="name-form" onSubmit=${save}>
          <input class="input" aria-label=${t("name")} value=${name} autofocus
          ref=${(/** @type {HTMLInputElement|null} */ e) => e && !e.dataset.ready && ((e.dataset.ready = "1"), e.select())}
              onInput=${(/** @type {any} */ e) => setName(e.target.value)}
                onKeyDown=${(/** @type {KeyboardEvent} */ e) => e.key === "Escape" && (e.preventDefault(), e.stopPropagation(), setEditing(false))} />
            <${Button} type="submit" size="small" kind="primary" icon="check" tip=${t("save")} /></form>`
        : html`<div class="name-text"><h2 class=${`selectable aligned ${shown.length > 22 ? "long" : ""}`} dir="auto">${it.name ? shown : breakable(shown)}</h2>
          <p class="faint tiny" data-tip=${full(it.created_at)}>${t("customer-since", { when: date(it.created_at) })}</p></div>
            <${Button} kind="quiet" size="small" icon="pencil" elementRef=${pencil} tip=${t("rename")} onClick=${() => (setName(it.name), setEditing(true))} />`}
    </div>
  `;
}

/** An address breaks before its @, not one letter before its end. @param {string} address */
const breakable = (address) => address.split(/(?=@)/).map((part, at) => (at ? html`<wbr />${part}` : part));
