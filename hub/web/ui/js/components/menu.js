import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { classes, html } from "../html.js";
import { Icon } from "./icon.js";
import { KeyHint } from "./keyhint.js";
import { Popover } from "./popover.js";

/**
 * @typedef {{label: any, text?: string, detail?: any, icon?: string, before?: any, end?: any, keys?: string, danger?: boolean, disabled?: boolean, checked?: boolean|'mixed',
 *   stay?: boolean, onSelect?: () => void, href?: string, divider?: boolean, heading?: string}} MenuItem
 */

/**
 * A button with a list of actions or choices. Arrow keys move, letters jump, Enter chooses, Escape closes.
 * With `filter` a field narrows a long list; `extra` may add what the typed words alone suggest. An item with `stay` is one of
 * several that can be ticked: the menu stays open.
 * @param {{label: string, items: MenuItem[], trigger: (attributes: Record<string, any>) => any, align?: 'start'|'end', side?: 'below'|'above', filter?: string,
 *   empty?: string, class?: string, openSignal?: {value: boolean}, extra?: (typed: string) => MenuItem[]}} props
 */
export function Menu({ label, items, trigger, align, side, filter, empty, class: more, openSignal, extra }) {
  const [openState, setOpenState] = useState(false);
  const open = openSignal ? openSignal.value : openState;
  const setOpen = (/** @type {boolean} */ value) => (openSignal ? (openSignal.value = value) : setOpenState(value));
  const [query, setQuery] = useState("");
  const anchor = useRef(/** @type {HTMLElement|null} */ (null));
  const body = useRef(/** @type {HTMLElement|null} */ (null));

  useLayoutEffect(() => {
    if (!open) return;
    setQuery("");
    const first = filter ? body.current?.querySelector("input") : (body.current?.querySelector('[aria-checked="true"]') ?? body.current?.querySelector("[data-item]"));
    /** @type {HTMLElement|null} */ (first)?.focus();
  }, [open]);

  const typed = query.trim().toLocaleLowerCase();
  const found = typed ? items.filter((it) => !it.divider && !it.heading && (it.text ?? String(it.label)).toLocaleLowerCase().includes(typed)) : items;
  const shown = typed && extra ? [...found, ...extra(query.trim())] : found;

  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    // just closed, with the focus still in it: the key is meant for the page
    if (!(/** @type {HTMLElement} */ (event.currentTarget).matches(":popover-open"))) return;
    const all = /** @type {HTMLElement[]} */ ([...(body.current?.querySelectorAll("[data-item]:not([aria-disabled])") ?? [])]);
    const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? all.length - 1 : at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined && all.length && !(filter && at < 0 && /Home|End/.test(event.key))) {
      event.preventDefault();
      all[(to + all.length) % all.length].focus();
    } else if (event.key === "Enter" && filter && at < 0 && all.length) {
      event.preventDefault();
      all[0].click();
    } else if (event.key === "Tab") setOpen(false);
    else if (!filter && event.key.length === 1 && !event.metaKey && !event.ctrlKey) {
      const jump = [...all.slice(at + 1), ...all.slice(0, at + 1)].find((it) => it.textContent?.trim().toLocaleLowerCase().startsWith(event.key.toLocaleLowerCase()));
      jump?.focus();
    }
    event.stopPropagation();
  };

  const choose = (/** @type {MenuItem} */ item) => {
    if (item.disabled) return;
    if (item.stay) return item.onSelect?.();
    setOpen(false);
    anchor.current?.focus();
    item.onSelect?.();
  };

  return html`
    ${trigger({ elementRef: anchor, "aria-haspopup": "menu", "aria-expanded": String(open), onClick: () => setOpen(!open) })}
    <${Popover} open=${open} anchor=${anchor} onClose=${() => setOpen(false)} align=${align} side=${side} label=${label}
      role=${filter ? "dialog" : "menu"} class=${classes("menu", more)} onKeyDown=${onKeyDown}>
      <div ref=${body} class="menu-body">
        ${filter && html`<div class="menu-filter"><${Icon} name="search" size=${14} />
          <input type="text" aria-label=${filter} placeholder=${filter} value=${query}
          onInput=${(/** @type {any} */ event) => setQuery(event.target.value)} /></div>`}
        <div class="menu-items" role=${filter ? "menu" : undefined} aria-label=${filter ? label : undefined}>
          ${shown.map((item, index) => row(item, index, choose))}
          ${shown.length === 0 && empty && html`<p class="menu-empty">${empty}</p>`}
        </div>
      </div>
    <//>
  `;
}

/** @param {MenuItem} item @param {number} index @param {(item: MenuItem) => void} choose */
function row(item, index, choose) {
  if (item.divider) return html`<hr key=${index} />`;
  if (item.heading) return html`<p key=${index} class="menu-heading" role="presentation">${item.heading}</p>`;
  const content = html`
    ${item.checked !== undefined && html`<span class=${classes("menu-check", item.stay && "box", item.stay && Boolean(item.checked) && "on")}>
      ${item.checked && html`<${Icon} name=${item.checked === "mixed" ? "minus" : "check"} size=${item.stay ? 12 : 14} />`}</span>`}
    ${item.before ?? (item.icon && html`<${Icon} name=${item.icon} />`)}
    <span class="menu-text"><span class="truncate">${item.label}</span>${item.detail && html`<span class="menu-detail">${item.detail}
      </span>`}</span>
    ${item.end}
    ${item.keys && html`<${KeyHint} keys=${item.keys} />`}
  `;
  const attributes = {
    class: classes("menu-item", item.danger && "danger"),
    "data-item": true,
    role: item.checked === undefined ? "menuitem" : item.stay ? "menuitemcheckbox" : "menuitemradio",
    "aria-checked": item.checked === undefined ? undefined : String(item.checked),
    "aria-disabled": item.disabled ? "true" : undefined,
    tabindex: -1,
    onClick: () => choose(item),
  };
  return item.href ? html`<a key=${index} href=${item.href} ...${attributes}>${content}
    </a>` : html`<button key=${index} type="button" ...${attributes}>${content}</button>`;
}
