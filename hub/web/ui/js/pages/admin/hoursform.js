import { useEffect, useRef, useState } from "preact/hooks";
import { get, post, put, remove, withQuery } from "../../api.js";
import { Banner } from "../../components/banner.js";
import { Button } from "../../components/button.js";
import { TextField } from "../../components/field.js";
import { Icon } from "../../components/icon.js";
import { Select } from "../../components/select.js";
import { say } from "../../components/toast.js";
import { date, list } from "../../format.js";
import { html } from "../../html.js";
import { go } from "../../router.js";
import { channelList } from "../../state/channels.js";
import { region, t } from "../../words.js";
import { DAYS, dayName, Spans } from "./spans.js";

/** @typedef {import("../../types.js").Hours} Hours */

const WORKDAYS = Object.fromEntries(DAYS.slice(0, 5).map((day) => [day, [["09:00", "17:00"]]]));

/** @param {Hours|null} hours */
const begin = (hours) => ({
  name: hours?.name ?? t("hours-first-name"),
  time_zone: hours?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  weekly: /** @type {Record<string, string[][]>} */ (hours?.weekly ?? WORKDAYS),
  exceptions: hours?.exceptions ?? [],
  country: hours?.country ?? null,
  subdivision: hours?.subdivision ?? null,
  closed_text: hours?.closed_text ?? "",
});

/** Add business hours, or change them. @param {{hours: Hours|null, all: Hours[]}} props */
export function HoursForm({ hours, all }) {
  const [form, setForm] = useState(() => begin(hours));
  const [chosen, setChosen] = useState(hours?.channel_ids ?? []);
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  // added, even when the channels could not be given to it: trying again changes it and adds no other
  const added = useRef(hours?.id ?? null);
  const set = (/** @type {string} */ name) => (/** @type {any} */ value) => setForm((held) => ({ ...held, [name]: value }));
  const wrong = (/** @type {string} */ field) => problem?.errors?.find((/** @type {any} */ e) => e.field.startsWith(field))?.message;
  const attempt = async (/** @type {() => Promise<void>} */ action) => {
    setBusy(true);
    setProblem(null);
    try {
      await action();
      go("/admin/hours");
    } catch (refusal) {
      setProblem(refusal);
      requestAnimationFrame(() => document.querySelector(".hours-form .banner")?.scrollIntoView({ block: "center" }));
    } finally {
      setBusy(false);
    }
  };
  const save = (/** @type {Event} */ event) => {
    event.preventDefault();
    void attempt(async () => {
      const saved = added.current !== null ? await put(`/api/hours/${added.current}`, form) : await post("/api/hours", form);
      added.current = saved.id;
      await put(`/api/hours/${saved.id}/channels`, { channel_ids: chosen });
      say({ tone: "success", text: t("saved") });
    });
  };
  const change = (/** @type {number} */ at, /** @type {object} */ changes) =>
    set("exceptions")(form.exceptions.map((it, index) => (index === at ? { ...it, ...changes } : it)));
  return html`
    <a class="back-link" href="/admin/hours"><${Icon} name="arrow-left" size=${14} />${t("hours")}</a>
    <header class="page-head"><h1>${hours ? hours.name : t("hours-add")}</h1></header>
    <form class="form card hours-form channel-form" onSubmit=${save}>
      ${problem && html`<${Banner} tone="danger" live title=${t("not-saved")}>${problem.message || t("change-failed")}
        ${(problem.errors ?? []).map((/** @type {any} */ e) => html`<p key=${e.field}>${e.message}</p>`)}<//>`}
      <div class="form-grid">
        <${TextField} label=${t("name")} required maxlength="100" value=${form.name} onValue=${set("name")} error=${wrong("name")} />
        <${TextField} label=${t("hours-zone")} help=${t("hours-zone-help")} required list="time-zones" value=${form.time_zone}
          onValue=${set("time_zone")} error=${wrong("time_zone")} autocomplete="off" spellcheck=${false} />
        <datalist id="time-zones">${Intl.supportedValuesOf("timeZone").map((it) => html`<option key=${it} value=${it}></option>`)}</datalist>
      </div>
      <fieldset class="form-group"><legend>${t("hours-week")}</legend>
        <ul class="week-days">${DAYS.map((day) => html`<li key=${day}><span class="week-day">${dayName(day)}</span>
          <${Spans} label=${dayName(day)} spans=${form.weekly[day] ?? []}
            onSpans=${(/** @type {string[][]} */ spans) => set("weekly")({ ...form.weekly, [day]: spans })} /></li>`)}</ul>
      </fieldset>
      <fieldset class="form-group"><legend>${t("hours-exceptions")}</legend>
        <p class="muted small">${t("hours-exceptions-text")}</p>
        ${form.exceptions.length > 0 && html`<ul class="week-days">${form.exceptions.map((it, at) => html`<li key=${at} class="exception">
          <input class="input" type="date" required value=${it.day} aria-label=${t("day")}
            onInput=${(/** @type {any} */ e) => change(at, { day: e.target.value })} />
          <input class="input grow" maxlength="100" value=${it.name} placeholder=${t("hours-exception-name")}
            aria-label=${t("hours-exception-name")} onInput=${(/** @type {any} */ e) => change(at, { name: e.target.value })} />
          <${Spans} label=${it.name || it.day} spans=${it.open} onSpans=${(/** @type {string[][]} */ open) => change(at, { open })} />
          <${Button} kind="quiet" size="small" icon="trash-2" tip=${t("hours-exception-remove", { day: it.name || it.day })}
            onClick=${() => set("exceptions")(form.exceptions.filter((_, index) => index !== at))} /></li>`)}</ul>`}
        <div><${Button} size="small" icon="plus"
          onClick=${() => set("exceptions")([...form.exceptions, { day: "", name: "", open: [] }])}>${t("hours-exception-add")}<//></div>
      </fieldset>
      <${Holidays} country=${form.country} subdivision=${form.subdivision}
        onPlace=${(/** @type {any} */ place) => setForm((held) => ({ ...held, ...place }))} />
      <${TextField} label=${t("hours-closed-text")} help=${t("hours-closed-text-help")} multiline rows="3" value=${form.closed_text}
        onValue=${set("closed_text")} optional=${t("optional")} />
      <fieldset class="form-group"><legend>${t("channels")}</legend>
        <p class="muted small">${t("hours-channels-text")}</p>
        ${channelList.value.map((it) => {
          const other = all.find((one) => one.id !== hours?.id && one.channel_ids.includes(it.id));
          return html`<label key=${it.id} class="choice"><input type="checkbox" checked=${chosen.includes(it.id)}
            onChange=${() => setChosen(chosen.includes(it.id) ? chosen.filter((id) => id !== it.id) : [...chosen, it.id])} />
            <span>${it.name}</span>${other && html`<span class="faint small">${t("hours-now-by", { name: other.name })}</span>`}</label>`;
        })}
      </fieldset>
      <footer class="form-foot">
        ${hours && html`<${Button} icon="trash-2" onClick=${() => attempt(() => remove(`/api/hours/${hours.id}`))}>${t("remove")}<//>`}
        <span class="grow"></span>
        <${Button} kind="primary" type="submit" busy=${busy}>${t("save")}<//>
      </footer>
    </form>
  `;
}

/** Public holidays by country and part of it. @param {{country: string|null, subdivision: string|null, onPlace: (place: any) => void}} props */
function Holidays({ country, subdivision, onPlace }) {
  const [countries, setCountries] = useState(/** @type {{code: string, subdivisions: string[]}[]} */ ([]));
  const [coming, setComing] = useState(/** @type {{day: string, name: string}[]} */ ([]));
  useEffect(() => void get("/api/hours/countries").then(({ items }) => setCountries(items), () => undefined), []);
  useEffect(() => {
    const today = new Date().toISOString().slice(0, 10);
    const year = Number(today.slice(0, 4));
    if (!country) return setComing([]);
    const of = (/** @type {number} */ when) => get(withQuery("/api/hours/holidays", { country, subdivision, year: when }));
    void Promise.all([of(year), of(year + 1)]).then(
      ([now, next]) => setComing([...now.items, ...next.items].filter((it) => it.day >= today).slice(0, 5)),
      () => setComing([]),
    );
  }, [country, subdivision]);
  const names = new Intl.DisplayNames(region.value, { type: "region" });
  const parts = countries.find((it) => it.code === country)?.subdivisions ?? [];
  const places = countries.map((it) => ({ value: it.code, label: names.of(it.code) ?? it.code })).sort((a, b) => a.label.localeCompare(b.label));
  return html`
    <fieldset class="form-group"><legend>${t("hours-holidays")}</legend>
      <div class="form-grid">
        <${Select} label=${t("hours-country")} value=${country ?? ""} options=${[{ value: "", label: t("hours-no-holidays") }, ...places]}
          onValue=${(/** @type {string} */ code) => onPlace({ country: code || null, subdivision: null })} />
        ${parts.length > 0 && html`<${Select} label=${t("hours-part")} value=${subdivision ?? ""}
          options=${[{ value: "", label: t("hours-whole-country") }, ...parts.map((it) => ({ value: it, label: it }))]}
          onValue=${(/** @type {string} */ code) => onPlace({ subdivision: code || null })} />`}
      </div>
      ${coming.length > 0 && html`<p class="muted small">${t("hours-coming", { days: list(coming.map((it) => `${it.name} (${date(`${it.day}T12:00:00`)})`)) })}</p>`}
    </fieldset>
  `;
}
