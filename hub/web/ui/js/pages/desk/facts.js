import { html } from "../../html.js";
import { timelineOf } from "../../state/timelines.js";
import { t } from "../../words.js";

/** Longer ones are cut, and whole in their tip. */
const LONG = 24;

/** What is noted about a customer, and what their browser said when they last wrote in a chat.
 * @param {{it: import("../../types.js").Customer}} props */
export function Facts({ it }) {
  const written = timelineOf(it.id).entries.value.filter((entry) => entry.direction === "in");
  const said = (/** @type {string} */ name) => written.findLast((entry) => entry.data[name])?.data[name];
  return html`<${Section} title=${t("attributes")} facts=${plain(it.attributes)} />
    <${Section} title=${t("visit-facts")} facts=${plain(said("attributes"))} page=${addressOf(said("page"))} />`;
}

/** @param {Record<string, any>|undefined} values @returns {[string, string][]} */
const plain = (values) =>
  Object.entries(values ?? {})
    .filter(([, value]) => ["string", "number", "boolean"].includes(typeof value))
    .map(([name, value]) => [name, String(value)]);

/** The page that they were on. A visitor's browser said it: only what is an address of the web becomes a link.
 * @param {any} page @returns {{url: string, title: string}|null} */
function addressOf(page) {
  const url = URL.canParse(page?.url) ? new URL(page.url) : null;
  if (!url || !["http:", "https:"].includes(url.protocol)) return null;
  return { url: url.href, title: page.title || `${url.host}${url.pathname}` };
}

/** @param {{title: string, facts: [string, string][], page?: {url: string, title: string}|null}} props */
function Section({ title, facts, page = null }) {
  if (!facts.length && !page) return null;
  return html`<section class="side-section"><h3>${title}</h3><dl class="facts">
    ${page && html`<div><dt>${t("visit-page")}</dt><dd class="truncate"><a class="link" href=${page.url} target="_blank"
      rel="noopener noreferrer" data-tip=${page.url} dir="auto">${page.title}</a></dd></div>`}
    ${facts.map(([name, value]) => html`<div key=${name}><dt class="truncate" data-tip=${name.length > LONG ? name : undefined}>
      ${name.replaceAll("_", " ")}</dt><dd class="selectable truncate" dir="auto" data-tip=${value.length > LONG ? value : undefined}>
      ${value}</dd></div>`)}</dl></section>`;
}
