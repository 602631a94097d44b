import { html } from "../../html.js";
import { isAdministrator } from "../../state/session.js";
import { t } from "../../words.js";

const PARTS = ["teams", "labels", "fields", "replies", "macros", "brands", "hours", "callback-queues", "suppressions", "webhooks", "tokens"];

/** Where every agent keeps what is their own. */
const OWN = ["replies", "macros"];

/** Whether agents who administrate nothing may open it too. @param {string|null} part */
export const isOwn = (part) => part !== null && OWN.includes(part);

/** Whether a page of the administrator stands under "Settings" in the rail. @param {string|null} part */
export const isSetting = (part) => part !== null && PARTS.includes(part);

/** What a page is called. @param {string} part */
export const partWords = (part) => t(part === "callback-queues" ? "queues" : part === "replies" ? "canned-replies" : part);

/** From one page of settings to another. @param {{part: string}} props */
export const SettingsNav = ({ part }) => html`
  <nav class="settings-nav" aria-label=${t("settings")}>
    ${(isAdministrator.value ? PARTS : OWN).map((it) => html`<a key=${it} href=${`/admin/${it}`} class="segment" aria-current=${it === part ? "page" : undefined}>${partWords(it)}</a>`)}
  </nav>
`;
