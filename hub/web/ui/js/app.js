import { effect } from "@preact/signals";
import { render } from "preact";
import { firstPosition, Problem } from "./api.js";
import { startTooltips } from "./components/tooltip.js";
import { Toasts } from "./components/toast.js";
import { html } from "./html.js";
import { Admin } from "./pages/admin/admin.js";
import { CallbacksPage } from "./pages/calls/callbacks.js";
import { startPopping } from "./pages/calls/pop.js";
import { Desk } from "./pages/desk/desk.js";
import { startAlerting } from "./pages/shell/alerting.js";
import { SearchPage } from "./pages/search/page.js";
import { Frame } from "./pages/shell/frame.js";
import { Unreachable } from "./pages/shell/unreachable.js";
import { SignIn } from "./pages/signin/signin.js";
import { Welcome } from "./pages/signin/welcome.js";
import { go, route } from "./router.js";
import { loadQueues } from "./state/callbacks.js";
import { loadCalls } from "./state/calls.js";
import { loadChannels } from "./state/channels.js";
import { loadDefinitions } from "./state/definitions.js";
import { loadDrafts } from "./state/drafts.js";
import { loadMentions } from "./state/mentions.js";
import { loadAgents, resume, session } from "./state/session.js";
import "./state/theme.js";
import { goLive } from "./store.js";
import { loadWords, t } from "./words.js";

/** Snapshots carry the position of the feed; without one by then, the feed is followed from now on. */
const WAIT_FOR_SNAPSHOT = 2000;

function App() {
  const { page } = route.value;
  const signedIn = session.value !== null;
  if (page === "welcome") return html`<${Welcome} /><${Toasts} dismiss=${t("close")} />`;
  if (page === "sign-in" || !signedIn) return html`<${SignIn} /><${Toasts} dismiss=${t("close")} />`;
  return html`<${Frame}>${page === "admin" ? html`<${Admin} />` : page === "callbacks" ? html`<${CallbacksPage} />` : page === "search" ? html`<${SearchPage} />` : html`<${Desk} />`}<//><${Toasts} dismiss=${t("close")} />`;
}

/** Once someone is signed in: the names of colleagues, the counts, and the live feed. */
function startWork() {
  void loadDrafts().catch(() => undefined);
  void loadMentions().catch(() => undefined);
  void loadAgents().catch(() => undefined);
  void loadChannels().catch(() => undefined);
  void loadCalls().catch(() => undefined);
  void loadQueues().catch(() => undefined);
  startPopping();
  startAlerting();
  void loadDefinitions().catch(() => undefined);
  const timer = setTimeout(() => goLive(null), WAIT_FOR_SNAPSHOT);
  effect(() => {
    if (firstPosition.value === null) return;
    clearTimeout(timer);
    goLive(firstPosition.value);
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
      if (page !== "sign-in") go(`/sign-in?next=${encodeURIComponent(location.pathname)}`, { replace: true });
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
}

void start();
