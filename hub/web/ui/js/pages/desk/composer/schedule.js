import { useLayoutEffect, useState } from "preact/hooks";
import { Button } from "../../../components/button.js";
import { DateTime } from "../../../components/datetime.js";
import { Dialog } from "../../../components/dialog.js";
import { Menu } from "../../../components/menu.js";
import { now, shortMoment } from "../../../format.js";
import { html } from "../../../html.js";
import { t } from "../../../words.js";
import { snoozeTimes } from "../snoozetimes.js";

/** Beside "Send": the usual times, or one of one's own. @param {{disabled: boolean, openSignal: {value: boolean}, onTime: (at: string) => void, onResolve: () => void}} props */
export function SendLater({ disabled, openSignal, onTime, onResolve }) {
  const [asking, setAsking] = useState(false);
  const items = [
    ...snoozeTimes(now.value).map(({ id, icon, at }) => ({
      label: t(`snooze-${id}`),
      icon,
      end: html`<span class="menu-when number">${shortMoment(at)}</span>`,
      onSelect: () => onTime(new Date(at).toISOString()),
    })),
    { divider: true, label: "" },
    { label: t("send-later-pick"), icon: "calendar-plus", onSelect: () => setAsking(true) },
    { divider: true, label: "" },
    { label: t("send-resolve"), icon: "check", onSelect: onResolve },
  ];
  return html`
    <${Menu} label=${t("send-later")} items=${items} align="end" side="above" openSignal=${openSignal} trigger=${(/** @type {any} */ attributes) => html`<${Button}
      ...${attributes} kind="primary" class="send-later" icon="clock-arrow-up" tip=${t("send-later")} disabled=${disabled} />`} />
    <${TimeDialog} open=${asking} start=${null} onTime=${onTime} onClose=${() => setAsking(false)} />
  `;
}

/** @param {{open: boolean, start: string|null, onTime: (at: string) => void, onClose: () => void}} props */
export function TimeDialog({ open, start, onTime, onClose }) {
  const [at, setAt] = useState(/** @type {string|null} */ (null));
  useLayoutEffect(() => {
    if (open) setAt(start ?? new Date(snoozeTimes(Date.now()).at(-2)?.at ?? Date.now()).toISOString());
  }, [open]);
  const late = at !== null && Date.parse(at) <= Date.now();
  const save = (/** @type {Event} */ event) => {
    event.preventDefault();
    event.stopPropagation(); // the dialog stands inside the composer's own form
    if (!at || late) return;
    onClose();
    onTime(at);
  };
  return html`
    <${Dialog} open=${open} title=${t("send-later")} closeLabel=${t("close")} onClose=${onClose}
      footer=${html`<${Button} onClick=${onClose}>${t("cancel")}<//><${Button} kind="primary" icon="clock-arrow-up" onClick=${save}
        disabled=${!at || late}>${t("send-then")}<//>`}>
      <div class="form" onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Enter" && save(event)}>
        <${DateTime} label=${t("date-and-time")} value=${at} onValue=${setAt} min=${new Date().toISOString()} error=${late ? t("until-late") : undefined} />
      </div>
    <//>
  `;
}
