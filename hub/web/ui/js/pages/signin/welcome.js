import { useEffect, useState } from "preact/hooks";
import { post, request } from "../../api.js";
import { Banner } from "../../components/banner.js";
import { Button } from "../../components/button.js";
import { Empty } from "../../components/empty.js";
import { TextField } from "../../components/field.js";
import { Skeleton } from "../../components/skeleton.js";
import { html } from "../../html.js";
import { go } from "../../router.js";
import { begin, changeMe } from "../../state/session.js";
import { nearest, t } from "../../words.js";
import { Logo } from "../shell/frame.js";

const SHORTEST = 10;

/** The page of a one-time link: the token is in the fragment, so that no log ever sees it. */
export function Welcome() {
  const [token] = useState(() => decodeURIComponent(location.hash.slice(1)));
  const [invite, setInvite] = useState(/** @type {any} */ (null));
  const [unknown, setUnknown] = useState(/** @type {any} */ (null));
  const [form, setForm] = useState({ name: "", email: "", password: "" });
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (!token) return setUnknown({ status: 404 });
    request("GET", `/api/invites/${encodeURIComponent(token)}`, { once: true })
      .then(({ data: it }) => {
        setInvite(it);
        setForm({ name: it.name ?? "", email: it.email ?? "", password: "" });
      })
      .catch(setUnknown);
  }, [token]);
  const set = (/** @type {string} */ name) => (/** @type {any} */ value) => setForm((held) => ({ ...held, [name]: value }));
  const wrong = (/** @type {string} */ field) => problem?.errors?.find((/** @type {any} */ e) => e.field.endsWith(field))?.message;
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await begin(await post(`/api/invites/${encodeURIComponent(token)}`, form));
      // who comes for the first time reads on in the language of this device
      if (invite.purpose !== "password") await changeMe({ locale: nearest(navigator.language) }).catch(() => undefined);
      history.replaceState(null, "", "/welcome");
      go(invite.purpose === "first_administrator" ? "/admin/channels" : "/", { replace: true });
    } catch (refusal) {
      setProblem(refusal);
      setBusy(false);
    }
  };
  if (unknown)
    return html`<main class="alone">
      <${Empty} page icon="link" tone="danger" title=${t(unknown.status === 404 ? "invite-unknown" : "load-failed")}
      action=${html`<${Button} href="/sign-in">${t("sign-in")}<//>`}>${t("invite-unknown-text")}<//></main>`;
  if (!invite) return html`<main class="alone"><div class="alone-card"><${Skeleton} kind="form" count=${3} label=${t("loading")} /></div>
    </main>`;
  const purpose = invite.purpose.replaceAll("_", "-");
  return html`
    <main class="alone">
      <div class="alone-card">
        <header class="alone-head"><${Logo} /><h1>${t(`welcome-${purpose}`)}</h1><p class="muted">${t(`welcome-${purpose}-text`)}</p>
          </header>
        <form class="form" onSubmit=${send}>
          ${problem && html`<${Banner} tone="danger" live>${problem.message || t("change-failed")}<//>`}
          <${TextField} label=${t("your-name")} help=${t("your-name-help")} required autofocus autocomplete="name" value=${form.name}
            error=${wrong("name")} onValue=${set("name")} />
          <${TextField} label=${t("email")} type="email" required autocomplete="username" value=${form.email} error=${wrong("email")}
            onValue=${set("email")} readonly=${Boolean(invite.email) && invite.purpose === "password"} />
          <${TextField} label=${t("password")} type="password" required minlength=${SHORTEST} autocomplete="new-password"
            help=${t("password-help", { n: SHORTEST })} value=${form.password} error=${wrong("password")} onValue=${set("password")} />
          <${Button} kind="primary" type="submit" class="wide" busy=${busy}>${t(`welcome-${purpose}-action`)}<//>
        </form>
      </div>
    </main>
  `;
}
