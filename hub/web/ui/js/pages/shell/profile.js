import { signal } from "@preact/signals";
import { useLayoutEffect, useMemo, useState } from "preact/hooks";
import { post } from "../../api.js";
import { Banner } from "../../components/banner.js";
import { Button } from "../../components/button.js";
import { Dialog } from "../../components/dialog.js";
import { TextField } from "../../components/field.js";
import { Select } from "../../components/select.js";
import { say } from "../../components/toast.js";
import { chooseZone, zone } from "../../format.js";
import { html } from "../../html.js";
import { changeMe, me } from "../../state/session.js";
import { theme } from "../../state/theme.js";
import { locale, LOCALES, t } from "../../words.js";
import { AlertSettings } from "./alertsettings.js";

const open = signal(false);
export const openProfile = () => void (open.value = true);

/** An agent's own settings: name, signature, language, looks, password. */
export function Profile() {
  const [form, setForm] = useState({ name: "", signature: "", current: "", fresh: "", locale: "en", undo_seconds: 5 });
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  useLayoutEffect(() => {
    if (open.value) setForm({ name: me.peek()?.name ?? "", signature: me.peek()?.signature ?? "", current: "", fresh: "", locale: locale.peek(), undo_seconds: me.peek()?.undo_seconds ?? 5 });
    setProblem(null);
  }, [open.value]);
  const set = (/** @type {string} */ name) => (/** @type {any} */ value) => setForm((held) => ({ ...held, [name]: value }));
  const wrong = (/** @type {string} */ field) => problem?.errors?.find((/** @type {any} */ e) => e.field.endsWith(field))?.message;
  const zones = useMemo(() => [{ value: "", label: t("zone-device", { zone: Intl.DateTimeFormat().resolvedOptions().timeZone }) }, ...Intl.supportedValuesOf("timeZone").map((it) => ({ value: it, label: it.replaceAll("_", " ") }))], [open.value, locale.value]);
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await changeMe({ name: form.name.trim(), signature: form.signature, locale: form.locale, undo_seconds: form.undo_seconds });
      if (form.fresh) await post("/api/me/password", { current: form.current, new: form.fresh });
      open.value = false;
      say({ tone: "success", text: t("saved") });
    } catch (refusal) {
      setProblem(refusal);
    } finally {
      setBusy(false);
    }
  };
  return html`
    <${Dialog} open=${open.value} title=${t("profile")} closeLabel=${t("close")} onClose=${() => (open.value = false)}
      footer=${html`<${Button} onClick=${() => (open.value = false)}>${t("cancel")}<//>
        <${Button} kind="primary" type="submit" form="profile" busy=${busy}>${t("save")}<//>`}>
      <form id="profile" class="form" onSubmit=${save}>
        ${problem && html`<${Banner} tone="danger" live>${problem.message || t("change-failed")}<//>`}
        <${TextField} label=${t("name")} required value=${form.name} error=${wrong("name")} onValue=${set("name")} autocomplete="name" />
        <${TextField} label=${t("signature")} help=${t("signature-help")} multiline rows="3" value=${form.signature}
          error=${wrong("signature")} onValue=${set("signature")} />
        <${Select} label=${t("undo-seconds")} help=${t("undo-seconds-help")} value=${form.undo_seconds} onValue=${set("undo_seconds")}
          options=${[0, 5, 10, 30].map((value) => ({ value, label: value ? t("undo-seconds-n", { n: value }) : t("undo-seconds-off") }))} />
        <div class="form-pair">
          <${Select} label=${t("language")} value=${form.locale} onValue=${set("locale")}
            options=${LOCALES.map((it) => ({ value: it, label: new Intl.DisplayNames(it, { type: "language" }).of(it) }))} />
          <${Select} label=${t("looks")} value=${theme.value} onValue=${(/** @type {string} */ value) => (theme.value = value)}
            options=${["system", "light", "dark"].map((it) => ({ value: it, label: t(`look-${it}`) }))} />
        </div>
        <${Select} label=${t("zone")} help=${t("zone-help")} value=${zone.value ?? ""} options=${zones} onValue=${(/** @type {string} */ value) => chooseZone(value || null)} />
        <${AlertSettings} />
        <fieldset class="form-group"><legend>${t("password-change")}</legend>
          <div class="form-pair">
            <${TextField} label=${t("password-current")} type="password" value=${form.current} error=${wrong("current")}
              onValue=${set("current")} autocomplete="current-password" />
            <${TextField} label=${t("password-new")} type="password" minlength="10" value=${form.fresh} error=${wrong("new")}
              onValue=${set("fresh")} autocomplete="new-password" />
          </div>
        </fieldset>
      </form>
    <//>
  `;
}
