import { useRef, useState } from "preact/hooks";
import { Button } from "../../../components/button.js";
import { TypedInput } from "../../../components/typedinput.js";
import { date, number } from "../../../format.js";
import { html } from "../../../html.js";
import { changeCustomer } from "../../../state/customers.js";
import { fieldsOf } from "../../../state/fields.js";
import { timelineOf } from "../../../state/timelines.js";
import { t } from "../../../words.js";
import { Section } from "./section.js";

/** @typedef {import("../../../types.js").Customer} Customer */
/** @typedef {import("../../../types.js").CustomField} CustomField */

/** Longer ones are cut, and whole in their tip. */
const LONG = 24;

/** What is noted about a customer: the company's own fields, typed, and whatever else programs have said.
 * @param {{it: Customer}} props */
export function Details({ it }) {
  const [editing, setEditing] = useState(false);
  const button = useRef(/** @type {HTMLElement|null} */ (null));
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    button.current?.focus(); // a field says what was written in it when it loses the focus
    setEditing(false);
  };
  const fields = fieldsOf("customer");
  const others = plain(Object.fromEntries(Object.entries(it.attributes).filter(([name]) => !fields.some((field) => field.key === name))));
  if (!fields.length && !others.length) return null;
  const pencil = fields.length > 0 && html`<${Button} kind="quiet" size="small" elementRef=${button} icon=${editing ? "check" : "pencil"}
    tip=${t(editing ? "details-done" : "details-edit")} pressed=${editing} onClick=${() => setEditing(!editing)} />`;
  return html`
    <${Section} name="details" title=${t("attributes")} action=${pencil}>
      ${editing
        ? html`<div onKeyDown=${onKeyDown}><${Editor} it=${it} fields=${fields} /></div>`
        : html`<dl class="facts">
          ${fields.map((field) => html`<${Fact} key=${field.key} name=${field.label} value=${said(field, it.attributes[field.key])}
            url=${field.type === "url" ? webAddress(it.attributes[field.key]) : null} />`)}
          ${others.map(([name, value]) => html`<${Fact} key=${name} name=${name.replaceAll("_", " ")} value=${value} />`)}</dl>`}
    <//>
  `;
}

/** @param {{it: Customer, fields: CustomField[]}} props */
function Editor({ it, fields }) {
  const [wrong, setWrong] = useState(/** @type {Record<string, string>} */ ({}));
  const set = (/** @type {string} */ key) => (/** @type {any} */ value) => {
    const attributes = { ...it.attributes, [key]: value };
    if (value === null) delete attributes[key];
    setWrong((held) => ({ ...held, [key]: "" }));
    changeCustomer(it.id, { attributes }).catch((problem) => setWrong((held) => ({ ...held, [key]: problem.errors?.[0]?.message || problem.message || t("change-failed") })));
  };
  const words = { none: t("field-none"), yes: t("yes"), no: t("no") };
  return html`<div class="form">${fields.map((field) => html`<${TypedInput} key=${field.key} label=${field.label} type=${field.type} choices=${field.choices}
    words=${words} value=${it.attributes[field.key] ?? null} error=${wrong[field.key]} onValue=${set(field.key)} />`)}</div>`;
}

/** A value as people read it; "" for none. @param {CustomField} field @param {any} value */
function said(field, value) {
  if (value == null || value === "") return "";
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (field.type === "number" && typeof value === "number") return number(value);
  if (field.type === "date" && /^\d{4}-\d\d-\d\d$/.test(value)) return date(`${value}T12:00:00`);
  return String(value);
}

/** @param {{name: string, value: string, url?: string|null}} props */
const Fact = ({ name, value, url }) => html`<div><dt class="truncate" data-tip=${name.length > LONG ? name : undefined}>${name}</dt>
  <dd class="selectable truncate" dir="auto" data-tip=${value.length > LONG ? value : undefined}>
    ${url ? html`<a class="link" href=${url} target="_blank" rel="noopener noreferrer">${value}</a>` : value || html`<span class="faint">—</span>`}</dd></div>`;

/** What their browser said when they last wrote in a chat. @param {{it: Customer}} props */
export function VisitFacts({ it }) {
  const written = timelineOf(it.id).entries.value.filter((entry) => entry.direction === "in");
  const lately = (/** @type {string} */ name) => written.findLast((entry) => entry.data[name])?.data[name];
  const facts = plain(lately("attributes"));
  const page = pageOf(lately("page"));
  if (!facts.length && !page) return null;
  return html`<${Section} name="visit" title=${t("visit-facts")}><dl class="facts">
    ${page && html`<${Fact} name=${t("visit-page")} value=${page.title} url=${page.url} />`}
    ${facts.map(([name, value]) => html`<${Fact} key=${name} name=${name.replaceAll("_", " ")} value=${value} />`)}</dl><//>`;
}

/** @param {Record<string, any>|undefined} values @returns {[string, string][]} */
const plain = (values) =>
  Object.entries(values ?? {})
    .filter(([, value]) => ["string", "number", "boolean"].includes(typeof value))
    .map(([name, value]) => [name, String(value)]);

/** Only what is an address of the web becomes a link. @param {any} text */
function webAddress(text) {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url && ["http:", "https:"].includes(url.protocol) ? url.href : null;
}

/** The page that they were on: a visitor's browser said it. @param {any} page @returns {{url: string, title: string}|null} */
function pageOf(page) {
  const url = webAddress(page?.url);
  return url ? { url, title: page.title || `${new URL(url).host}${new URL(url).pathname}` } : null;
}
