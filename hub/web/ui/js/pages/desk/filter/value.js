import { signal } from "@preact/signals";
import { useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Button } from "../../../components/button.js";
import { Dialog } from "../../../components/dialog.js";
import { TextField } from "../../../components/field.js";
import { Menu } from "../../../components/menu.js";
import { Popover } from "../../../components/popover.js";
import { fromWallClock, toWallClock } from "../../../format.js";
import { html } from "../../../html.js";
import { t } from "../../../words.js";
import { valueWords } from "./fields.js";

const DAY = /^\d{4}-\d\d-\d\d$/;

/** What a condition compares with: some of a list, or what is typed.
 * @param {{field: import("./fields.js").FilterField, value: any, opens: boolean, onOpened: () => void, onValue: (value: any) => void,
 *   trigger: (attributes: any) => any}} props */
export function FilterValue({ field, value, opens, onOpened, onValue, trigger }) {
  const open = useMemo(() => signal(false), []);
  const [asking, setAsking] = useState(false);
  useLayoutEffect(() => {
    if (!opens) return;
    onOpened();
    if (field.kind !== "yesno") open.value = true;
  }, [opens]);
  if (field.kind === "text" || field.kind === "number") return html`<${Typed} field=${field} value=${value} open=${open} onValue=${onValue} trigger=${trigger} />`;
  const held = Array.isArray(value) ? value : [value];
  const several = field.kind === "choice";
  const options = field.options();
  const known = several || options.some((it) => it.value === value) || field.kind === "yesno";
  const items = options.map((it) => ({
    ...it,
    text: it.label,
    stay: several,
    checked: held.includes(it.value),
    onSelect: () => onValue(several ? (held.includes(it.value) ? held.filter((one) => one !== it.value) : [...held, it.value]) : it.value),
  }));
  const dated = field.kind === "time" || field.kind === "date";
  return html`<${Menu} label=${field.label} openSignal=${open} trigger=${trigger} empty=${t("nothing-found")}
    items=${[
      ...(known ? [] : [{ label: valueWords(field, value), checked: true, onSelect: () => undefined }]),
      ...items,
      ...(dated ? [{ divider: true, label: "" }, { label: t("filter-a-day"), icon: "calendar-days", onSelect: () => setAsking(true) }] : []),
    ]}
    filter=${several && options.length > 7 ? t("filter-find-value", { field: field.label }) : undefined} />
    ${dated && html`<${DayDialog} field=${field} value=${value} open=${asking} onClose=${() => setAsking(false)} onValue=${onValue} />`}`;
}

/** Asks for a day of the calendar; as a time it is the day's beginning.
 * @param {{field: import("./fields.js").FilterField, value: any, open: boolean, onClose: () => void, onValue: (value: string) => void}} props */
function DayDialog({ field, value, open, onClose, onValue }) {
  const [day, setDay] = useState("");
  const form = useId();
  useLayoutEffect(() => {
    if (open) setDay(DAY.test(value) ? value : toWallClock(Date.parse(value) || Date.now()).slice(0, 10));
  }, [open]);
  const apply = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!DAY.test(day)) return;
    onClose();
    onValue(field.kind === "date" ? day : new Date(fromWallClock(`${day}T00:00`)).toISOString());
  };
  return html`
    <${Dialog} open=${open} title=${field.label} closeLabel=${t("close")} onClose=${onClose}
      footer=${html`<${Button} onClick=${onClose}>${t("cancel")}<//><${Button} kind="primary" type="submit" form=${form} disabled=${!DAY.test(day)}>${t("filter-apply")}<//>`}>
      <form id=${form} class="form" onSubmit=${apply}>
        <${TextField} label=${t("jump-day")} type="date" value=${day} max="9999-12-31" required autofocus onValue=${setDay} />
      </form>
    <//>
  `;
}

/** @param {{field: import("./fields.js").FilterField, value: any, open: {value: boolean}, onValue: (value: any) => void, trigger: (attributes: any) => any}} props */
function Typed({ field, value, open, onValue, trigger }) {
  const anchor = useRef(/** @type {HTMLElement|null} */ (null));
  const typed = useRef(value ?? "");
  const panel = useRef(/** @type {HTMLElement|null} */ (null));
  useLayoutEffect(() => {
    if (open.value) panel.current?.querySelector("input")?.focus();
  }, [open.value]);
  const apply = (/** @type {Event} */ event) => {
    event.preventDefault();
    const text = String(typed.current).trim();
    open.value = false;
    anchor.current?.focus();
    onValue(field.kind === "number" && text !== "" ? Number(text) : text);
  };
  return html`
    ${trigger({ elementRef: anchor, "aria-haspopup": "dialog", "aria-expanded": String(open.value), onClick: () => (open.value = !open.value) })}
    <${Popover} open=${open.value} anchor=${anchor} label=${field.label} class="filter-typed" onClose=${() => (open.value = false)}>
      <form ref=${panel} onSubmit=${apply}>
        <${TextField} label=${field.label} type=${field.kind === "number" ? "number" : "text"} step="any" value=${value ?? ""} autocomplete="off"
          onValue=${(/** @type {string} */ next) => (typed.current = next)} />
        <${Button} kind="primary" size="small" type="submit">${t("filter-apply")}<//>
      </form>
    <//>
  `;
}
