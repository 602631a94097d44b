import { useState } from "preact/hooks";
import { patch, post } from "../../api.js";
import { Banner } from "../../components/banner.js";
import { Button } from "../../components/button.js";
import { Field, Switch, TextField } from "../../components/field.js";
import { Icon } from "../../components/icon.js";
import { Select } from "../../components/select.js";
import { say } from "../../components/toast.js";
import { html } from "../../html.js";
import { go } from "../../router.js";
import { loadQueues } from "../../state/callbacks.js";
import { channelList } from "../../state/channels.js";
import { activeAgents } from "../../state/session.js";
import { locale, t } from "../../words.js";
import { QueuePreview } from "./queuepreview.js";
import { languagesWith, QueueScripts } from "./queuescripts.js";
import { DAYS, dayName, meantEnd, shownEnd } from "./spans.js";

/** @typedef {import("../../types.js").CallbackQueue} Queue */
/** @typedef {Omit<Queue, 'id'|'version'|'state'|'form_url'|'now'>} Form */

/** What may be changed of a queue, or what a new one begins with. @param {Queue|null} queue @returns {Form} */
function begin(queue) {
  if (queue) {
    const { id: _id, version: _version, state: _state, form_url: _url, now: _now, ...form } = queue;
    return form;
  }
  const usable = (/** @type {(offers: any) => boolean} */ test) => channelList.value.find((it) => it.offers && test(it.offers))?.id ?? null;
  return {
    name: "",
    phone_channel_id: usable((it) => it.calls),
    sms_channel_id: usable((it) => it.segments),
    hours_id: null,
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    legal_hours: { days: DAYS.slice(0, 6), opens: "08:00", closes: "20:00" },
    mode: "agent_first",
    capacity: 5,
    calls_per_second: 1,
    most_waiting: 200,
    wrap_up_seconds: 120,
    keep_days: 7,
    web_form: true,
    missed_calls: true,
    dispositions: ["solved", "later", "unreached", "wrong"].map((it) => t(`disposition-${it}`)),
    agent_ids: [],
    language: locale.value,
    scripts: {},
  };
}

/** Add a callback queue, or change one. @param {{queue: Queue|null, defaults: Record<string, Record<string, string>>, hours: import("../../types.js").Hours[]}} props */
export function QueueForm({ queue, defaults, hours }) {
  const [form, setForm] = useState(() => begin(queue));
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const set = (/** @type {keyof Form} */ name) => (/** @type {any} */ value) => setForm((held) => ({ ...held, [name]: value }));
  const setNumber = (/** @type {keyof Form} */ name) => (/** @type {string} */ value) => set(name)(value === "" ? "" : Number(value));
  const wrong = (/** @type {string} */ field) => problem?.errors?.find((/** @type {any} */ e) => e.field.startsWith(field))?.message;
  const attempt = async (/** @type {any} */ body) => {
    setBusy(true);
    setProblem(null);
    try {
      const saved = queue ? await patch(`/api/callback-queues/${queue.id}`, body) : await post("/api/callback-queues", body);
      await loadQueues();
      say({ tone: "success", text: t("queue-saved", { name: saved.name }) });
      go("/admin/callback-queues");
    } catch (refusal) {
      setProblem(refusal);
      requestAnimationFrame(() => document.querySelector(".queue-form .banner")?.scrollIntoView({ block: "center" }));
    } finally {
      setBusy(false);
    }
  };
  const save = (/** @type {Event} */ event) => {
    event.preventDefault();
    void attempt({ ...form, name: form.name.trim(), dispositions: form.dispositions.map((it) => it.trim()).filter(Boolean) });
  };
  const channelsThat = (/** @type {(offers: any) => boolean} */ test) => channelList.value.filter((it) => it.offers && test(it.offers)).map((it) => ({ value: it.id, label: it.name }));
  const legal = (/** @type {object} */ changes) => set("legal_hours")({ ...form.legal_hours, ...changes });
  const whole = (/** @type {keyof Form} */ name, /** @type {string} */ label, /** @type {number} */ least, /** @type {number} */ most, /** @type {string|undefined} */ help = undefined) =>
    html`<${TextField} label=${label} help=${help} class="narrow" type="number" required min=${least} max=${most} step=${name === "calls_per_second" ? "0.01" : "1"}
      value=${form[name]} onValue=${setNumber(name)} error=${wrong(name)} />`;
  return html`
    <a class="back-link" href="/admin/callback-queues"><${Icon} name="arrow-left" size=${14} />${t("queues")}</a>
    <header class="page-head"><h1>${queue ? queue.name : t("queue-new")}</h1>
      ${queue && html`<${Button} icon=${queue.state === "active" ? "pause" : "play"} busy=${busy}
        onClick=${() => attempt({ state: queue.state === "active" ? "paused" : "active" })}>${t(queue.state === "active" ? "queue-pause" : "queue-resume")}<//>`}
    </header>
    <form class="form card channel-form queue-form" onSubmit=${save}>
      ${problem && html`<${Banner} tone="danger" live title=${t("not-saved")}>${problem.message || t("change-failed")}
        ${(problem.errors ?? []).map((/** @type {any} */ e) => html`<p key=${e.field}>${e.field}: ${e.message}</p>`)}<//>`}
      <fieldset class="form-group"><legend>${t("queue-basics")}</legend><div class="form-grid">
        <${TextField} label=${t("name")} help=${t("queue-name-help")} required maxlength="100" value=${form.name} onValue=${set("name")} error=${wrong("name")} />
        <${Select} label=${t("queue-language")} help=${t("queue-language-help")} value=${form.language} error=${wrong("language")}
          options=${languagesWith(form.language, ...Object.keys(form.scripts))} onValue=${set("language")} />
        <${Select} label=${t("queue-phone")} help=${t("queue-phone-help")} value=${form.phone_channel_id} error=${wrong("phone_channel_id")}
          options=${[{ value: null, label: t("queue-phone-none") }, ...channelsThat((it) => it.calls)]} onValue=${set("phone_channel_id")} />
        <${Select} label=${t("queue-sms")} help=${t("queue-sms-help")} value=${form.sms_channel_id} error=${wrong("sms_channel_id")}
          options=${[{ value: null, label: t("queue-sms-none") }, ...channelsThat((it) => it.segments)]} onValue=${set("sms_channel_id")} />
      </div></fieldset>
      <fieldset class="form-group"><legend>${t("queue-when")}</legend>
        <div class="form-grid">
          <${Select} label=${t("queue-hours")} value=${form.hours_id} error=${wrong("hours_id")} onValue=${set("hours_id")}
            options=${[{ value: null, label: t("queue-hours-none") }, ...hours.map((it) => ({ value: it.id, label: it.name }))]} />
          <${TextField} label=${t("hours-zone")} help=${t("queue-zone-help")} required list="time-zones" value=${form.time_zone}
            onValue=${set("time_zone")} error=${wrong("time_zone")} autocomplete="off" spellcheck=${false} />
          <datalist id="time-zones">${Intl.supportedValuesOf("timeZone").map((it) => html`<option key=${it} value=${it}></option>`)}</datalist>
        </div>
        <${Field} label=${t("queue-legal")} help=${t("queue-legal-help")} error=${wrong("legal_hours")}
          control=${(/** @type {any} */ given) => html`<div class="span">
            <input class="input" type="time" required value=${form.legal_hours.opens} ...${given}
              onInput=${(/** @type {any} */ e) => legal({ opens: e.target.value })} />
            <span aria-hidden="true">–</span>
            <input class="input" type="time" required value=${shownEnd(form.legal_hours.closes)} aria-label=${t("queue-closes")}
              onInput=${(/** @type {any} */ e) => legal({ closes: meantEnd(e.target.value) })} /></div>`} />
        <div class="day-choices" role="group" aria-label=${t("queue-days")}>
          ${DAYS.map((day) => html`<button key=${day} type="button" class="wrap-up-choice" aria-pressed=${String(form.legal_hours.days.includes(day))}
            data-tip=${dayName(day)} onClick=${() => legal({ days: DAYS.filter((it) => (it === day) !== form.legal_hours.days.includes(it)) })}>
            ${dayName(day, "short")}</button>`)}</div>
      </fieldset>
      <fieldset class="form-group"><legend>${t("queue-who")}</legend>
        <${Select} label=${t("queue-mode")} value=${form.mode} onValue=${set("mode")}
          options=${[{ value: "agent_first", label: t("queue-mode-agent") }, { value: "customer_first", label: t("queue-mode-customer") }]} />
        <div role="group" aria-label=${t("queue-serves")}><p class="small strong">${t("queue-serves")}</p><p class="muted small">${t("queue-serves-help")}</p>
          <div class="checks">${activeAgents.value.map((it) => html`<label key=${it.id} class="choice"><input type="checkbox"
            checked=${form.agent_ids.includes(it.id)} onChange=${() => set("agent_ids")(form.agent_ids.includes(it.id)
              ? form.agent_ids.filter((id) => id !== it.id) : [...form.agent_ids, it.id])} /><span>${it.name}</span></label>`)}</div></div>
        <div class="form-grid">
          ${whole("capacity", t("queue-capacity"), 1, 1000)}
          ${whole("calls_per_second", t("queue-rate"), 0.01, 100)}
          ${whole("most_waiting", t("queue-most"), 1, 100_000, t("queue-most-help"))}
          ${whole("wrap_up_seconds", t("queue-wrap-up"), 0, 3600)}
          ${whole("keep_days", t("queue-keep"), 1, 30)}
        </div>
        <${TextField} label=${t("queue-dispositions")} help=${t("queue-dispositions-help")} multiline rows="4" error=${wrong("dispositions")}
          value=${form.dispositions.join("\n")} onValue=${(/** @type {string} */ text) => set("dispositions")(text.split("\n"))} />
      </fieldset>
      <fieldset class="form-group"><legend>${t("queue-sources")}</legend>
        <${Switch} label=${t("queue-web")} help=${t("queue-web-help")} checked=${form.web_form} onValue=${set("web_form")} />
        ${queue && form.web_form && html`<${Field} label=${t("queue-form")} control=${(/** @type {any} */ given) => html`<div class="copy-line">
          <input class="input grow mono" readonly value=${queue.form_url} ...${given} onFocus=${(/** @type {any} */ e) => e.target.select()} />
          <${Button} icon="external-link" href=${queue.form_url} target="_blank" rel="noopener" tip=${t("show")} /></div>`} />`}
        <${Switch} label=${t("queue-missed")} help=${t("queue-missed-help")} checked=${form.missed_calls} onValue=${set("missed_calls")} />
      </fieldset>
      <${QueueScripts} scripts=${form.scripts} defaults=${defaults} main=${form.language} wrong=${wrong} onScripts=${set("scripts")} />
      <footer class="form-foot"><span class="grow"></span>
        <${Button} kind="primary" type="submit" busy=${busy} disabled=${!form.name.trim() || form.legal_hours.days.length === 0}>${t(queue ? "save" : "queue-add")}<//></footer>
    </form>
    <${QueuePreview} form=${form} />
  `;
}
