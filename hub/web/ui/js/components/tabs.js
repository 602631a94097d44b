import { html } from "../html.js";

/**
 * A row of tabs; arrow keys move between them.
 * @param {{label: string, value: string, onValue: (value: string) => void, small?: boolean, controls?: string,
 *   items: {value: string, label: string, count?: string|number|null, icon?: any}[]}} props
 */
export function Tabs({ label, value, onValue, items, small, controls }) {
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const at = items.findIndex((it) => it.value === value);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const rtl = getComputedStyle(/** @type {Element} */ (event.currentTarget)).direction === "rtl";
    const next = (at + (rtl ? -step : step) + items.length) % items.length;
    onValue(items[next].value);
    /** @type {HTMLElement} */ (/** @type {HTMLElement} */ (event.currentTarget).children[next]).focus();
  };
  return html`
    <div class=${`tabs ${small ? "small" : ""}`} role="tablist" aria-label=${label} onKeyDown=${onKeyDown}>
      ${items.map(
        (it) => html`<button key=${it.value} type="button" role="tab" class="tab" aria-selected=${String(it.value === value)}
          aria-controls=${controls}
          tabindex=${it.value === value ? 0 : -1} onClick=${() => onValue(it.value)}>
          ${it.icon}<span class="truncate" dir="auto">${it.label}</span>${it.count ? html`<span class="tab-count number">${it.count}</span>` : null}
        </button>`,
      )}
    </div>
  `;
}
