import { signal } from "@preact/signals";
import { useLayoutEffect, useState } from "preact/hooks";
import { Banner } from "../../components/banner.js";
import { Button } from "../../components/button.js";
import { Dialog } from "../../components/dialog.js";
import { TextField } from "../../components/field.js";
import { Select } from "../../components/select.js";
import { say } from "../../components/toast.js";
import { html } from "../../html.js";
import { mine, setAvailability, setDevice } from "../../state/calls.js";
import { t } from "../../words.js";
import { sayProblem } from "../desk/commands.js";

const open = signal(false);
/** Asks for the agent's telephone. */
export const setTelephone = () => void (open.value = true);

const ORDER = /** @type {const} */ (["available", "busy", "away"]);
const ICONS = { available: "circle-check", busy: "circle-alert", away: "moon" };

/** The lines of the account menu about telephone calls. @returns {import("../../components/menu.js").MenuItem[]} */
export function callItems() {
  const state = mine.value;
  if (!state) return [];
  const device = state.device?.address;
  return [
    { heading: t("calls-mine"), label: "" },
    ...ORDER.map((it) => ({
      label: t(`availability-${it}`),
      icon: ICONS[it],
      checked: state.availability === it,
      detail: it === "available" && !device ? t("device-first") : it === "away" && state.away_reason ? t("missed-title") : undefined,
      onSelect: () => (it === "available" && !device ? setTelephone() : void setAvailability(it).catch(sayProblem)),
    })),
    { label: t("device"), icon: "headset", detail: device ?? t("device-none"), onSelect: setTelephone },
    { divider: true, label: "" },
  ];
}

/** Where an agent's telephone is. */
export function DeviceDialog() {
  const [form, setForm] = useState({ kind: /** @type {'phone'|'sip'} */ ("phone"), address: "" });
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  useLayoutEffect(() => {
    if (!open.value) return;
    setForm({ kind: mine.peek()?.device?.kind ?? "phone", address: mine.peek()?.device?.address ?? "" });
    setProblem(null);
  }, [open.value]);
  const close = () => void (open.value = false);
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const address = form.address.trim();
      await setDevice(address ? { kind: form.kind, address } : null);
      close();
      say({ tone: "success", text: t("saved") });
    } catch (failure) {
      setProblem(failure);
    } finally {
      setBusy(false);
    }
  };
  return html`
    <${Dialog} open=${open.value} title=${t("device")} closeLabel=${t("close")} onClose=${close}
      footer=${html`<${Button} onClick=${close}>${t("cancel")}<//>
        <${Button} kind="primary" type="submit" form="device" busy=${busy}>${t("save")}<//>`}>
      <form id="device" class="form" onSubmit=${save}>
        <p class="muted">${t("device-text")}</p>
        ${problem && !problem.errors.length && html`<${Banner} tone="danger" live>${problem.message || t("change-failed")}<//>`}
        <${Select} label=${t("device-kind")} value=${form.kind} options=${/** @type {const} */ (["phone", "sip"]).map((it) => ({ value: it, label: t(`device-${it}`) }))}
          onValue=${(/** @type {'phone'|'sip'} */ kind) => setForm((held) => ({ ...held, kind }))} />
        <${TextField} label=${t(`device-${form.kind}-address`)} value=${form.address} autocomplete=${form.kind === "phone" ? "tel" : "off"}
          inputmode=${form.kind === "phone" ? "tel" : "text"} placeholder=${form.kind === "phone" ? "+49 151 23456789" : "sip:lena@phones.example"}
          error=${problem?.errors?.[0]?.message} help=${t("device-help")}
          onValue=${(/** @type {string} */ address) => setForm((held) => ({ ...held, address }))} />
      </form>
    <//>
  `;
}
