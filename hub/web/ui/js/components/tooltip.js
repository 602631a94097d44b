import { place } from "./popover.js";

/**
 * One tooltip for the whole page: anything with data-tip shows it on hover and on keyboard focus.
 * It only repeats what the element's name already says, so it is hidden from screen readers.
 */
const DELAY = 450;

export function startTooltips() {
  const tip = document.createElement("div");
  tip.className = "tooltip";
  tip.popover = "manual";
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  /** @type {Element|null} */
  let over = null;

  const show = (/** @type {Element} */ element, /** @type {number} */ delay) => {
    over = element;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const text = element.getAttribute("data-tip");
      if (!text || !element.isConnected || element.getAttribute("aria-expanded") === "true") return;
      tip.textContent = text;
      for (const key of element.getAttribute("data-tip-keys")?.split(" ") ?? []) {
        const cap = document.createElement("kbd");
        cap.textContent = key;
        tip.append(" ", cap);
      }
      tip.showPopover();
      place(tip, element);
      const rect = element.getBoundingClientRect();
      tip.style.left = `${Math.max(8, Math.min(rect.left + rect.width / 2 - tip.offsetWidth / 2, innerWidth - tip.offsetWidth - 8))}px`;
    }, delay);
  };
  const hide = () => {
    clearTimeout(timer);
    over = null;
    if (tip.matches(":popover-open")) tip.hidePopover();
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const element = /** @type {Element} */ (event.target).closest?.("[data-tip]") ?? null;
    if (element === over) return;
    hide();
    if (element) show(element, DELAY);
  });
  document.addEventListener("focusin", (event) => {
    const element = /** @type {Element} */ (event.target);
    if (element.matches?.("[data-tip]:focus-visible")) show(element, 0);
    else hide();
  });
  document.addEventListener("pointerdown", hide);
  document.addEventListener("keydown", hide);
  document.addEventListener("scroll", hide, true);
}
