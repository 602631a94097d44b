import { useEffect, useState } from "preact/hooks";
import { get, patch, post } from "../../api.js";
import { Banner } from "../../components/banner.js";
import { Button } from "../../components/button.js";
import { ChannelMark, markOf } from "../../components/channelmark.js";
import { Empty } from "../../components/empty.js";
import { TextField } from "../../components/field.js";
import { Icon } from "../../components/icon.js";
import { Skeleton } from "../../components/skeleton.js";
import { say } from "../../components/toast.js";
import { full, short } from "../../format.js";
import { classes, html } from "../../html.js";
import { go, route } from "../../router.js";
import { channels, upsertChannel } from "../../state/channels.js";
import { t } from "../../words.js";
import { NotLoaded } from "../notloaded.js";
import { HealthMark } from "./channels.js";
import { Embed } from "./embed.js";
import { Ledger } from "./ledger.js";
import { applies, collected, SettingsForm } from "./settingsform.js";
import { TestSteps } from "./teststeps.js";

/** @typedef {import("../../types.js").Channel} Channel */
/** @typedef {import("../../types.js").Connector} Connector */

/** Add a channel, or see and change one. @param {{id: number|null}} props */
export function ChannelPage({ id }) {
  const [connectors, setConnectors] = useState(/** @type {Connector[]|null} */ (null));
  const [loaded, setLoaded] = useState(/** @type {Channel|null} */ (null));
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [typed, setTyped] = useState(/** @type {Record<string, any>} */ ({}));
  const kind = route.value.query.get("kind");
  const load = () => {
    setProblem(null);
    Promise.all([get("/api/connectors"), id === null ? null : get(`/api/channels/${id}`)])
      .then(([all, one]) => {
        setConnectors(all.items);
        setLoaded(one);
        if (one) upsertChannel(one);
        if (id === null && all.items.length === 1) go(`/admin/channels/new?kind=${all.items[0].kind}`, { replace: true });
      })
      .catch(setProblem);
  };
  useEffect(load, [id]);
  const channel = id === null ? null : (channels.value?.get(id) ?? loaded);
  const chosen = connectors?.find((it) => it.kind === (channel?.kind ?? kind)) ?? null;
  const backLink = html`<a class="back-link" href="/admin/channels"><${Icon} name="arrow-left" size=${14} />${t("channels")}</a>`;
  if (problem) return html`${backLink}
    ${problem.status === 404 ? html`<${Empty} icon="circle-help" tone="danger" title=${t("channel-unknown")} />` : html`<${NotLoaded} problem=${problem} onAgain=${load} />`}`;
  if (!connectors || (id !== null && !channel)) return html`${backLink}<${Skeleton} kind="form" count=${5} label=${t("loading")} />`;
  if (id === null && !chosen) return html`${backLink}<header class="page-head"><h1>${t("channel-add")}</h1></header>
    <${Kinds} connectors=${connectors} onChoose=${(/** @type {string} */ chosenKind) => go(`/admin/channels/new?kind=${chosenKind}`)} />`;
  if (!chosen) return html`${backLink}<${Empty} icon="plug-zap" tone="danger" title=${t("connector-gone", { kind: channel?.kind ?? "" })}>
    ${t("connector-gone-text")}<//>`;
  return html`
    ${backLink}
    <header class="page-head channel-page-head">
      <${ChannelMark} kind=${chosen.kind} behind=${chosen.address_kind} size=${20} boxed />
      <div class="grow"><h1>${channel ? channel.name : t("channel-new", { kind: chosen.name })}</h1><p class="muted"><bdi>${chosen.description}</bdi>
        </p></div>
      ${channel && html`<${StateButton} channel=${channel} />`}
    </header>
    ${channel && html`<${HealthPanel} channel=${channel} />`}
    <${ChannelForm} key=${channel?.id ?? "new"} connector=${chosen} channel=${channel} onTyped=${setTyped} />
    ${channel && chosen.address_kind === "visitor" && html`<${Embed} channel=${channel} typed=${typed} />`}
    ${channel && html`<${Ledger} channelId=${channel.id} />`}
  `;
}

/** @param {{connectors: Connector[], onChoose: (kind: string) => void}} props */
const Kinds = ({ connectors, onChoose }) => html`
  <div class="kinds">${connectors.map((it) => html`<button key=${it.kind} type="button" class="card kind-card"
    onClick=${() => onChoose(it.kind)}><span class=${`channel-mark boxed channel-${markOf(it.kind, it.address_kind)[1]}`}>
    <${Icon} name=${markOf(it.kind, it.address_kind)[0]} size=${20} /></span><span><strong>${it.name}</strong><span class="muted small">
    <bdi>${it.description}</bdi></span></span></button>`)}</div>
`;

/** Stop for a while, or go on. @param {{channel: Channel}} props */
function StateButton({ channel }) {
  const [busy, setBusy] = useState(false);
  const active = channel.state === "active";
  const change = async () => {
    setBusy(true);
    try {
      upsertChannel(await patch(`/api/channels/${channel.id}`, { state: active ? "paused" : "active" }));
      say({ text: t(active ? "channel-paused" : "channel-resumed", { name: channel.name }) });
    } catch (problem) {
      say({ tone: "danger", text: /** @type {Error} */ (problem).message || t("change-failed") });
    } finally {
      setBusy(false);
    }
  };
  return html`<${Button} icon=${active ? "pause" : "play"} busy=${busy} onClick=${change}>${t(active ? "pause" : "resume")}<//>`;
}

/** How it is, since when, why, and what to do. @param {{channel: Channel}} props */
function HealthPanel({ channel }) {
  const { health } = channel;
  const tone = { ok: "success", degraded: "warning", down: "danger", starting: "info", paused: "info" }[health.state];
  return html`
    <section class=${`health-panel ${tone}`} aria-label=${t("health")}>
      <div class="row row-wrap"><${HealthMark} health=${health} /><span class="push muted small">
        ${health.last_in_at ? t("last-in-at", { when: short(health.last_in_at) }) : t("nothing-in-yet")}</span></div>
      ${health.reason && html`<p>${health.reason}</p>`}
      ${health.next_step && html`<p class="strong">${health.next_step}</p>`}
      ${health.quarantined > 0 && html`<p><a class="link" href=${`/admin/quarantine?channel=${channel.id}`}>
        ${t("quarantine-look", { n: health.quarantined })}</a></p>`}
      ${channel.oauth && html`<p class="small">
        ${channel.oauth.connected ? t("oauth-connected", { account: channel.oauth.account ?? "" }) : t("oauth-missing")}${channel.oauth.expires_at ? html` <span
        class="faint" data-tip=${full(channel.oauth.expires_at)}>${t("oauth-expires", { when: short(channel.oauth.expires_at) })}
        </span>` : null}</p>`}
    </section>
  `;
}

/** @param {{connector: Connector, channel: Channel|null, onTyped: (settings: Record<string, any>) => void}} props */
function ChannelForm({ connector, channel, onTyped }) {
  const [name, setName] = useState(channel?.name ?? "");
  const [values, setValues] = useState({ settings: { ...(channel?.settings ?? {}) }, secrets: /** @type {Record<string, string|null>} */ ({}) });
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(/** @type {'save'|'test'|'oauth'|null} */ (null));
  const [test, setTest] = useState(/** @type {any} */ (null));
  useEffect(() => onTyped(values.settings), [values.settings]);
  const wantsConsent =
    connector.oauth && connector.settings.some((field) => field.type === "select" && applies(field, values, connector.settings) && /oauth/i.test(values.settings[field.name] ?? field.default ?? ""));

  const run = (/** @type {'save'|'test'|'oauth'} */ what, /** @type {() => Promise<void>} */ action) => async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(what);
    setProblem(null);
    try {
      await action();
    } catch (refusal) {
      setProblem(Object.assign(/** @type {any} */ (refusal), { while: what }));
      requestAnimationFrame(() => /** @type {HTMLElement|null} */ (document.querySelector(".channel-form [aria-invalid=true], .channel-form .banner"))?.scrollIntoView({ block: "center" }));
    } finally {
      setBusy(null);
    }
  };
  const save = run("save", async () => {
    const body = { name: name.trim(), ...collected(connector.settings, values) };
    const saved = channel ? await patch(`/api/channels/${channel.id}`, body) : await post("/api/channels", { kind: connector.kind, ...body });
    upsertChannel(saved);
    setValues({ settings: { ...saved.settings }, secrets: {} });
    say({ tone: "success", text: t(channel ? "saved" : "channel-added", { name: saved.name }) });
    if (!channel) go(`/admin/channels/${saved.id}`, { replace: true });
  });
  const tryIt = run("test", async () => {
    setTest(null);
    setTest(await post("/api/channels/test", { kind: connector.kind, ...collected(connector.settings, values), ...(channel ? { channel_id: channel.id } : {}) }));
  });
  const consent = run("oauth", async () => {
    if (!channel) return;
    const { authorize_url } = await post(`/api/channels/${channel.id}/oauth`);
    location.assign(authorize_url);
  });
  const unplaced = (problem?.errors ?? []).filter((/** @type {any} */ e) => e.field !== "name" && !connector.settings.some((f) => e.field.endsWith(f.name)));
  const hooked = connector.settings.some((field) => field.type === "hook");
  return html`
    <form class=${classes("form channel-form card", hooked && "steps")} onSubmit=${save} aria-label=${t("settings")}>
      ${problem && html`<${Banner} tone="danger" live title=${t(problem.while === "test" ? "test-impossible" : "not-saved")}>
        ${problem.message || t("change-failed")}${unplaced.map((/** @type {any} */ e) => html`<p key=${e.field}>${e.field}: ${e.message}
        </p>`)}<//>`}
      <${TextField} label=${t("channel-name")} help=${t("channel-name-help")} required value=${name} onValue=${setName}
        error=${problem?.errors?.find((/** @type {any} */ e) => e.field === "name")?.message} autocomplete="off" />
      <${SettingsForm} fields=${connector.settings} values=${values} onValues=${setValues} errors=${problem?.errors ?? []}
        secretsSet=${channel?.secrets_set ?? []} hooksUrl=${channel?.hooks_url ?? null} />
      ${wantsConsent && html`<${Banner} tone="info" icon="key-round" title=${t("oauth-title")} actions=${channel && html`<${Button}
        size="small" icon="external-link" busy=${busy === "oauth"} onClick=${consent}>
        ${t(channel.oauth?.connected ? "oauth-again" : "oauth-connect")}<//>`}><span class="selectable">
        ${t(channel ? "oauth-text" : "oauth-save-first", { address: `${location.origin}/api/oauth/callback` })}</span><//>`}
      ${hooked && channel && !channel.health.last_in_at && html`<${Banner} tone="info" icon="link" title=${t("hook-step")}>
        ${t("hook-step-text")}<//>`}
      ${test && html`<${TestSteps} result=${test} />`}
      <footer class="form-foot">
        <${Button} icon="activity" busy=${busy === "test"} onClick=${tryIt}>${t("test-connection")}<//>
        <span class="muted small grow">${t("test-help")}</span>
        <${Button} kind="primary" type="submit" busy=${busy === "save"}>${t(channel ? "save" : "channel-add-action")}<//>
      </footer>
    </form>
  `;
}
