import { useEffect } from "preact/hooks";
import { useActions } from "../../actions.js";
import { Avatar } from "../../components/avatar.js";
import { Banner } from "../../components/banner.js";
import { Button } from "../../components/button.js";
import { Icon } from "../../components/icon.js";
import { Menu } from "../../components/menu.js";
import { say } from "../../components/toast.js";
import { classes, html } from "../../html.js";
import { connection } from "../../live.js";
import { reachable } from "../../api.js";
import { whoOf } from "../../naming.js";
import { go, route } from "../../router.js";
import { queues, waitingCount } from "../../state/callbacks.js";
import { current, mine as myCalls, ringsForMe } from "../../state/calls.js";
import { held, troubled } from "../../state/channels.js";
import { conversation } from "../../state/conversations.js";
import { customer } from "../../state/customers.js";
import { waiting } from "../../state/outbox.js";
import { isAdministrator, me, session, signOut } from "../../state/session.js";
import { nextTheme, theme } from "../../state/theme.js";
import { dueCount } from "../../state/tasks.js";
import { countOf } from "../../state/views.js";
import { soon, Soon } from "../../soon.js";
import { t } from "../../words.js";
import { callItems, DeviceDialog } from "../calls/availability.js";
import { CallBar } from "../calls/callbar.js";
import { isSetting, partWords } from "../admin/settingsnav.js";
import { MentionsMenu } from "./mentions.js";
import { DemoDialog, removeDemo } from "./demo.js";
import { useKeptFocus } from "./keptfocus.js";

const THEME_ICONS = /** @type {Record<string, string>} */ ({ system: "monitor", light: "sun", dark: "moon" });

/** @param {'openPalette'|'openProfile'|'openSheet'} name */
const opens = (name) => () => void soon().then((it) => it[name](), () => say({ tone: "danger", text: t("load-failed") }));
const openPalette = opens("openPalette");
const openProfile = opens("openProfile");
const openSheet = opens("openSheet");

/** What is around every page: the rail, the state of the line, the dialogs that belong to no page. @param {{children?: any}} props */
export function Frame({ children }) {
  useEffect(() => {
    const rings = current.value.find(ringsForMe);
    document.title = [rings ? t("call-pop", { name: whoOf(rings), direction: rings.direction }) : "", countOf("mine") ? `(${countOf("mine")})` : "", placeName(), session.value?.hub.name].filter(Boolean).join(" · ");
  });
  useActions(frameActions());
  useKeptFocus();
  return html`
    <div class="frame">
      <a class="skip" href="#main" onClick=${skip}>${t("skip")}</a>
      <${Rail} />
      <div class="frame-main">
        <${LineState} />
        <${CallBar} />
        <div class="frame-page" id="main" tabindex="-1">${children}</div>
      </div>
      <${Soon} name="ShortcutSheet" />
      <${Soon} name="Palette" />
      <${Soon} name="Profile" />
      <${DeviceDialog} />
      <${DemoDialog} />
    </div>
  `;
}

/** What can be done everywhere. @returns {import("../../actions.js").Action[]} */
function frameActions() {
  const page = (/** @type {string} */ id, /** @type {string} */ icon, /** @type {string} */ href, ready = true) => ({ id, group: t("group-go"), icon, label: t(id), ready, run: () => go(href) });
  const administrator = isAdministrator.value;
  return [
    { id: "palette", group: t("group-move"), icon: "command", label: t("key-palette"), keys: ["mod+k"], asks: true, run: openPalette },
    page("go-desk", "inbox", "/"),
    { ...page("go-tasks", "square-check", "/tasks"), keys: ["y"] },
    page("go-callbacks", "calendar-clock", "/callbacks", queues.value.length > 0),
    page("go-channels", "plug-zap", "/admin/channels", administrator),
    page("go-quarantine", "shield-alert", "/admin/quarantine", administrator),
    page("go-agents", "users", "/admin/agents", administrator),
    page("go-settings", "settings", "/admin/hours", administrator),
    { id: "shortcuts", group: t("group-page"), icon: "keyboard", label: t("key-help"), keys: ["?"], run: openSheet },
    { id: "profile", group: t("group-page"), icon: "circle-user", label: t("profile"), run: openProfile },
    { id: "theme", group: t("group-page"), icon: THEME_ICONS[theme.value], label: t(`theme-${theme.value}`), run: () => void nextTheme() },
    { id: "sign-out", group: t("group-page"), icon: "log-out", label: t("sign-out"), run: () => void signOut() },
  ];
}

/** Whose timeline or which page this is, for the title of the window. */
function placeName() {
  const { page, part, id } = route.value;
  if (page === "callbacks") return t("callbacks");
  if (page === "search") return t("search");
  if (page === "tasks") return t("my-tasks");
  if (page === "admin") return part === "quarantine" || part === "agents" || isSetting(part) ? partWords(String(part)) : t("channels");
  if (id === null) return t("conversations");
  const held = part === "conversation" ? conversation(id) : undefined;
  return held ? whoOf(held) : customer(id)?.name;
}

/** @param {Event} event */
function skip(event) {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function Rail() {
  const { page, part } = route.value;
  const agent = me.value;
  const item = (/** @type {string} */ href, /** @type {string} */ icon, /** @type {string} */ label, /** @type {boolean} */ here, /** @type {any} */ extra = null) =>
    html`<a class=${classes("rail-item", here && "here")} href=${href} aria-current=${here ? "page" : undefined} data-tip=${label}>
      <${Icon} name=${icon} size=${20} /><span class="rail-label">${label}</span>${extra}</a>`;
  const mine = countOf("mine");
  const items = [
    { heading: agent?.email, label: "" },
    ...callItems(),
    { label: t("profile"), icon: "circle-user", onSelect: openProfile },
    { label: t("canned-replies"), icon: "message-square-text", onSelect: () => go("/admin/replies") },
    { label: t("palette-open"), icon: "command", keys: "mod+k", onSelect: openPalette },
    { label: t("shortcuts"), icon: "keyboard", keys: "?", onSelect: openSheet },
    { label: t(`theme-${theme.value}`), icon: THEME_ICONS[theme.value], onSelect: nextTheme },
    ...(session.value?.hub.demo && isAdministrator.value ? [{ label: t("demo-remove"), icon: "flask-conical", onSelect: () => void removeDemo() }] : []),
    { divider: true, label: "" },
    { label: t("sign-out"), icon: "log-out", onSelect: () => void signOut() },
  ];
  return html`
    <nav class="rail" aria-label=${t("main-navigation")}>
      <a class="rail-logo" href="/" aria-label=${session.value?.hub.name ?? "Allways"}><${Logo} /></a>
      ${item("/", "inbox", t("conversations"), page === "" || page === "desk", mine ? html`<span class="rail-count number"
        data-tip=${t("rail-mine", { n: mine })}>${mine >= 100 ? "99+" : mine}</span>` : null)}
      ${item("/search", "search", t("search"), page === "search")}
      ${item("/tasks", "square-check", t("my-tasks"), page === "tasks", dueCount.value > 0 && html`<span class="rail-count number"
        data-tip=${t("rail-tasks", { n: dueCount.value })}>${dueCount.value >= 100 ? "99+" : dueCount.value}</span>`)}
      <${MentionsMenu} />
      ${queues.value.length > 0 && item("/callbacks", "calendar-clock", t("callbacks"), page === "callbacks", waitingCount.value > 0 ? html`<span
        class="rail-count number" data-tip=${t("rail-callbacks", { n: waitingCount.value })}>${waitingCount.value >= 100 ? "99+" : waitingCount.value}</span>` : null)}
      ${isAdministrator.value &&
      html`
        ${item("/admin/channels", "plug-zap", t("channels"), page === "admin" && part === "channels", alarm(troubled.value, "rail-troubled"))}
        ${item("/admin/quarantine", "shield-alert", t("quarantine"), page === "admin" && part === "quarantine", alarm(held.value, "rail-held"))}
        ${item("/admin/agents", "users", t("agents"), page === "admin" && part === "agents")}
        ${item("/admin/hours", "settings", t("settings"), page === "admin" && isSetting(part))}
      `}
      <span class="rail-space"></span>
      <${Button} kind="quiet" class="rail-theme" icon=${THEME_ICONS[theme.value]} tip=${t(`theme-${theme.value}`)} onClick=${nextTheme} />
      ${agent &&
      html`<${Menu} label=${t("account")} items=${items} align="start" side="above"
        trigger=${(/** @type {any} */ { elementRef, ...attributes }) =>
        html`<button ref=${elementRef} type="button" class="rail-me" ...${attributes} aria-label=${t("account-of", { name: agent.name })}
          data-tip=${myCalls.value ? `${agent.name} · ${t(`availability-${myCalls.value.availability}`)}` : agent.name}>
          <${Avatar} name=${agent.name} letters=${agent.initials} />
          ${myCalls.value && html`<span class=${`presence ${myCalls.value.availability}`}></span>`}</button>`} />`}
    </nav>
  `;
}

/** How many things wait for an administrator. @param {number} n @param {string} words */
const alarm = (n, words) => n > 0 && html`<span class="rail-count alarm number" data-tip=${t(words, { n })}>${n >= 100 ? "99+" : n}</span>`;

/** The mark: four ways that meet in one line. */
export const Logo = () => html`
  <svg class="logo" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
    <rect width="32" height="32" rx="8" class="logo-ground" />
    <path d="M7 8c6 0 5 8 9 8M7 24c6 0 5-8 9-8M7 16h18" class="logo-line" />
    <circle cx="24" cy="16" r="2.6" class="logo-dot" />
  </svg>
`;

/** A quiet bar while the line is broken: work goes on. */
function LineState() {
  const lost = connection.value === "lost" || !reachable.value;
  const waits = waiting.value.length;
  const { demo, demo_page: page } = session.value?.hub ?? {};
  return html`
    <div class="line-state" role="status">
      ${lost && html`<${Banner} tone="offline" title=${t("offline")}>${waits ? t("offline-waiting", { n: waits }) : t("offline-text")}<//>`}
      ${demo && !lost && html`<p class="demo-line"><${Icon} name="flask-conical" size=${14} /><span>${t("demo-line")}</span>
        ${page && html`<a class="link" href=${page} target="_blank" rel="noreferrer">${t("demo-phone")}</a>`}
        ${isAdministrator.value && html`<button type="button" class="link" onClick=${() => void removeDemo()}>${t("demo-remove")}</button>`}
        </p>`}
    </div>
  `;
}

