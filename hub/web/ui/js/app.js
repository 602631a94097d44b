import { effect } from "@preact/signals";
import { render } from "preact";
import { firstPosition, Problem, settled } from "./api.js";
import { Later } from "./components/later.js";
import { startTooltips } from "./components/tooltip.js";
import { Toasts } from "./components/toast.js";
import { html } from "./html.js";
import { startPopping } from "./pages/calls/pop.js";
import { list } from "./pages/desk/choice.js";
import { Desk } from "./pages/desk/desk.js";
import { NotLoaded } from "./pages/notloaded.js";
import { startAlerting } from "./pages/shell/alerting.js";
import { Frame } from "./pages/shell/frame.js";
import { Unreachable } from "./pages/shell/unreachable.js";
import { SignIn } from "./pages/signin/signin.js";
import { Welcome } from "./pages/signin/welcome.js";
import { sayRenewed } from "./renewal.js";
import { go, route } from "./router.js";
import { soon } from "./soon.js";
import { loadQueues } from "./state/callbacks.js";
import { loadCalls } from "./state/calls.js";
import { loadChannels } from "./state/channels.js";
import { loadDefinitions } from "./state/definitions.js";
import { loadDrafts } from "./state/drafts.js";
import { loadMentions } from "./state/mentions.js";
import { loadAgents, resume, session } from "./state/session.js";
import { loadMine } from "./state/tasks.js";
import "./state/theme.js";
import { goLive } from "./store.js";
import { loadWords, t } from "./words.js";

/** Snapshots carry the position of the feed; without one by then, the feed is followed from now on. */
const WAIT_FOR_SNAPSHOT = 2000;

/** Pages that an agent's day does not begin with. @type {Record<string, {fetch: () => Promise<any>, name: string}>} */
const LATER = {
  admin: { fetch: () => import("./pages/admin/admin.js"), name: "Admin" },
  callbacks: { fetch: () => import("./pages/calls/callbacks.js"), name: "CallbacksPage" },
  search: { fetch: () => import("./pages/search/page.js"), name: "SearchPage" },
  tasks: { fetch: () => import("./pages/tasks/tasks.js"), name: "TasksPage" },
};

/** @param {() => void} load */
const again = (load) => html`<${NotLoaded} onAgain=${load} />`;

function App() {
  const { page } = route.value;
  const signedIn = session.value !== null;
  if (page === "welcome") return html`<${Welcome} /><${Toasts} dismiss=${t("close")} />`;
  if (page === "sign-in" || !signedIn) return html`<${SignIn} /><${Toasts} dismiss=${t("close")} />`;
  const later = LATER[page];
  return html`<${Frame}>${later ? html`<${Later} key=${page} ...${later} wait=${null} failed=${again} />` : html`<${Desk} />`}<//><${Toasts} dismiss=${t("close")} />`;
}

/** Once someone is signed in: the names of colleagues, the counts, and the live feed. */
function startWork() {
  void loadDrafts().catch(() => undefined);
  void loadMentions().catch(() => undefined);
  void loadAgents().catch(() => undefined);
  void loadChannels().catch(() => undefined);
  void loadCalls().catch(() => undefined);
  void loadQueues().catch(() => undefined);
  void loadMine().catch(() => undefined);
  startPopping();
  startAlerting();
  void loadDefinitions().catch(() => undefined);
  fetchRest();
  const timer = setTimeout(() => goLive(null), WAIT_FOR_SNAPSHOT);
  effect(() => {
    if (firstPosition.value === null) return;
    clearTimeout(timer);
    goLive(firstPosition.value);
  });
}

/** What the first picture does not need, once it stands. */
function fetchRest() {
  const stop = effect(() => {
    const stands = route.value.page !== "desk" || list.value.loaded.value || list.value.problem.value;
    if (stands) void settled(1000).then(() => (stop(), soon())).catch(() => undefined);
  });
}

async function start() {
  const root = /** @type {HTMLElement} */ (document.getElementById("app"));
  const { page } = route.peek();
  const words = loadWords(navigator.language);
  // asked at once, beside the words; the answer is looked at below
  const who = page === "welcome" || page === "ui" ? null : resume().then(() => null, (problem) => problem);
  await words;
  startTooltips();
  if (page === "ui") {
    const { Gallery } = await import("./pages/gallery/gallery.js");
    render(html`<${Gallery} /><${Toasts} dismiss=${t("close")} />`, root);
    return;
  }
  if (who) {
    const problem = await who;
    if (problem) {
      if (!(problem instanceof Problem) || problem.status !== 401) {
        render(html`<${Unreachable} />`, root);
        return;
      }
      if (page !== "sign-in") go(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`, { replace: true });
    }
  }
  let working = false;
  effect(() => {
    if (session.value && !working) {
      working = true;
      startWork();
    }
  });
  if (session.peek() && page === "sign-in") go("/", { replace: true });
  render(html`<${App} />`, root);
  sayRenewed();
}

void start();
