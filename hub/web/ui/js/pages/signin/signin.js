import { useState } from "preact/hooks";
import { Banner } from "../../components/banner.js";
import { Button } from "../../components/button.js";
import { TextField } from "../../components/field.js";
import { html } from "../../html.js";
import { go, route } from "../../router.js";
import { signIn } from "../../state/session.js";
import { t } from "../../words.js";
import { Logo } from "../shell/frame.js";

/** Only a path of this hub is a place to go on to. @param {string|null} next */
const safe = (next) => (next && /^\/(?![/\\])/.test(next) && !next.startsWith("/sign-in") ? next : "/");

/** Who are you. */
export function SignIn() {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await signIn(email.trim(), password);
      go(safe(route.peek().query.get("next")), { replace: true });
    } catch (refusal) {
      setProblem(refusal);
      setBusy(false);
    }
  };
  return html`
    <main class="alone">
      <div class="alone-card">
        <header class="alone-head"><${Logo} /><h1>${t("sign-in-title")}</h1></header>
        <form class="form" onSubmit=${send}>
          ${problem && html`<${Banner} tone="danger" live>${words(problem)}<//>`}
          <${TextField} label=${t("email")} type="email" required autofocus autocomplete="username" value=${email} onValue=${setEmail} />
          <${TextField} label=${t("password")} type="password" required autocomplete="current-password" value=${password}
            onValue=${setPassword} />
          <${Button} kind="primary" type="submit" class="wide" busy=${busy}>${t("sign-in")}<//>
        </form>
      </div>
    </main>
  `;
}

/** @param {any} problem */
function words(problem) {
  if (problem.code === "bad_credentials") return t("bad-credentials");
  if (problem.code === "too_many_attempts") return t("too-many-attempts", { n: Math.ceil((problem.body.retry_after ?? 60) / 60) });
  if (problem.offline) return t("hub-unreachable-text");
  return problem.message || t("change-failed");
}
