import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { get, withQuery } from "../../../api.js";
import { Avatar } from "../../../components/avatar.js";
import { Banner } from "../../../components/banner.js";
import { Button } from "../../../components/button.js";
import { Dialog } from "../../../components/dialog.js";
import { TextField } from "../../../components/field.js";
import { Icon } from "../../../components/icon.js";
import { Skeleton } from "../../../components/skeleton.js";
import { say } from "../../../components/toast.js";
import { html } from "../../../html.js";
import { addressOf } from "../../../naming.js";
import { aroundOf, changeCompany, createCompany, loadAround, setCompany } from "../../../state/customers.js";
import { t } from "../../../words.js";
import { sayProblem } from "../commands.js";
import { Section } from "./section.js";

/** @typedef {import("../../../types.js").Company} Company */
/** @typedef {import("../../../types.js").Around} Around */

/** The company of the customer, and the people around them. @param {{customerId: number}} props */
export function AroundThem({ customerId }) {
  const [dialog, setDialog] = useState(false);
  useEffect(() => {
    loadAround(customerId).catch(() => undefined);
  }, [customerId]);
  const it = aroundOf(customerId);
  if (!it) return html`<${Section} name="company" title=${t("company-people")}><${Skeleton} kind="lines" count=${1} label=${t("loading")} /><//>`;
  const choose = html`<${Button} kind="quiet" size="small" icon=${it.company ? "pencil" : "plus"} tip=${t(it.company ? "company-change" : "company-add")}
    onClick=${() => setDialog(true)} />`;
  return html`
    <${Section} name="company" title=${t("company-people")} count=${it.people.length} action=${choose}>
      ${it.company && html`<p class="company"><${Icon} name="store" size=${16} /><span class="side-link-text"><span class="strong truncate" dir="auto">${it.company.name}</span>
        ${it.company.domains.length > 0 && html`<span class="faint tiny truncate">${it.company.domains.join(" · ")}</span>`}</span></p>`}
      ${it.suggested && html`<${SuggestedCompany} customerId=${customerId} suggested=${it.suggested} />`}
      ${it.people.length > 0 && html`<ul class="side-links">${it.people.map((one) => html`<${Person} key=${one.customer.id} one=${one} />`)}</ul>`}
      ${!it.company && !it.suggested && it.people.length === 0 && html`<p class="side-empty">${t("company-none")}</p>`}
    <//>
    <${CompanyDialog} customerId=${customerId} open=${dialog} around=${it} onClose=${() => setDialog(false)} />
  `;
}

/** @param {{one: Around['people'][number]}} props */
function Person({ one }) {
  const { customer, why, conversation_id } = one;
  const name = customer.name || (customer.identities[0] ? addressOf(customer.identities[0]) : `#${customer.id}`);
  const address = customer.identities[0] && addressOf(customer.identities[0]);
  return html`<li><a class="side-link" href=${`/c/${customer.id}`}><${Avatar} name=${name} size="small" />
    <span class="side-link-text"><span class="truncate" dir="auto">${name}</span><span class="faint tiny truncate">${why === "copied" ? t("person-copied") : address}</span></span></a>
    ${conversation_id !== null && html`<${Button} kind="quiet" size="small" icon="messages-square" href=${`/conversations/${conversation_id}`} tip=${t("person-together")} />`}</li>`;
}

/** @param {{customerId: number, suggested: NonNullable<Around['suggested']>}} props */
function SuggestedCompany({ customerId, suggested }) {
  const [busy, setBusy] = useState(false);
  const take = async () => {
    setBusy(true);
    try {
      const company = suggested.company ?? (await createCompany(suggested.name, [suggested.domain]));
      await setCompany(customerId, company.id);
      say({ text: t("company-set-toast", { name: company.name }), action: { label: t("undo"), run: () => void setCompany(customerId, null).catch(sayProblem) } });
    } catch (problem) {
      sayProblem(problem);
    } finally {
      setBusy(false);
    }
  };
  return html`<div class="suggestion"><p class="suggestion-why"><${Icon} name="info" size=${12} />${t("company-suggested", { name: suggested.name, domain: suggested.domain })}</p>
    <div class="row"><${Button} size="small" icon="store" busy=${busy} onClick=${take}>${t(suggested.company ? "company-take" : "company-make")}<//></div></div>`;
}

/** Choose, make, correct or take away the company. @param {{customerId: number, open: boolean, around: Around, onClose: () => void}} props */
function CompanyDialog({ customerId, open, around, onClose }) {
  const held = around.company;
  const [name, setName] = useState("");
  const [domains, setDomains] = useState("");
  const [found, setFound] = useState(/** @type {Company[]} */ ([]));
  const [chosen, setChosen] = useState(/** @type {number|null} */ (null));
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  useLayoutEffect(() => {
    if (!open) return;
    setName(held?.name ?? around.suggested?.name ?? "");
    setDomains((held?.domains ?? (around.suggested ? [around.suggested.domain] : [])).join(", "));
    setChosen(held?.id ?? null);
    setProblem(null);
    setFound([]);
  }, [open]);
  useEffect(() => {
    if (!open || !name.trim() || name === held?.name) return setFound([]);
    const stop = new AbortController();
    const timer = setTimeout(() => get(withQuery("/api/companies", { query: name.trim(), limit: 5 }), stop.signal).then(({ items }) => setFound(items.filter((/** @type {Company} */ it) => it.id !== held?.id))).catch(() => undefined), 150);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [name, open]);
  const run = async (/** @type {() => Promise<any>} */ action) => {
    setBusy(true);
    setProblem(null);
    try {
      await action();
      await loadAround(customerId);
      onClose();
    } catch (failure) {
      setProblem(failure);
    } finally {
      setBusy(false);
    }
  };
  const save = (/** @type {Event} */ event) => {
    event.preventDefault();
    const wanted = domains.split(/[\s,;]+/).filter(Boolean);
    void run(async () => {
      if (chosen !== null && chosen !== held?.id) return setCompany(customerId, chosen);
      if (chosen !== null) return changeCompany(chosen, { name: name.trim(), domains: wanted });
      return setCompany(customerId, (await createCompany(name.trim(), wanted)).id);
    });
  };
  const other = chosen !== null && chosen !== held?.id;
  return html`
    <${Dialog} open=${open} title=${t(held ? "company-change" : "company-add")} closeLabel=${t("close")} onClose=${onClose}
      footer=${html`${held && html`<${Button} kind="quiet" disabled=${busy} onClick=${() => run(() => setCompany(customerId, null))}>${t("company-leave")}<//>`}
        <${Button} onClick=${onClose}>${t("cancel")}<//><${Button} kind="primary" type="submit" form="company" busy=${busy} disabled=${!name.trim()}>
        ${t(other ? "company-take" : chosen !== null ? "save" : "company-make")}<//>`}>
      <form id="company" class="form" onSubmit=${save}>
        ${problem && html`<${Banner} tone="danger" live>${problem.errors?.[0]?.message || problem.message || t("change-failed")}<//>`}
        <${TextField} label=${t("company-name")} value=${name} required autofocus autocomplete="off" dir="auto" maxlength="200"
          onValue=${(/** @type {string} */ v) => (setName(v), other && setChosen(null))} />
        ${found.length > 0 && html`<div class="choices" role="radiogroup" aria-label=${t("companies-known")}>
          ${found.map((it) => html`<label key=${it.id} class="choice"><input type="radio" name="company" checked=${chosen === it.id} onChange=${() => setChosen(it.id)} />
            <${Icon} name="store" /><span class="menu-text"><span class="truncate" dir="auto">${it.name}</span><span class="menu-detail">
            ${t("company-size", { n: it.people })}${it.domains.length ? ` · ${it.domains.join(" · ")}` : ""}</span></span></label>`)}</div>`}
        ${!other && html`<${TextField} label=${t("company-domains")} optional=${t("optional")} help=${t("company-domains-help")} value=${domains} onValue=${setDomains}
          autocomplete="off" placeholder="nordlicht.example" />`}
      </form>
    <//>
  `;
}
