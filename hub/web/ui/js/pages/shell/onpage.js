import { t } from "../../words.js";

/** Rows and entries have the same buttons each: theirs are reached from the row or entry that has the focus. */
const EACH = "article, [data-row], .palette";

/**
 * The buttons that the page shows now, by the names a screen reader says: what has no key of its own is pressed by its
 * name all the same.
 * @param {Set<string>} known names that stand in the palette anyhow
 * @returns {import("./palette.js").Line[]}
 */
export function buttonsOnPage(known) {
  const found = new Map();
  for (const it of document.querySelectorAll("main button, main [type=checkbox], .toast button")) {
    const button = /** @type {HTMLButtonElement} */ (it);
    const name = (button.ariaLabel || button.dataset.tip || button.textContent || "").replace(/\s+/g, " ").trim();
    if (!name || known.has(name) || found.has(name) || button.disabled || button.closest(EACH) || !button.checkVisibility({ visibilityProperty: true })) continue;
    found.set(name, { id: `here-${name}`, group: t("palette-here"), label: name, passing: true, run: () => press(button) });
  }
  return [...found.values()];
}

/** @param {HTMLButtonElement} button */
function press(button) {
  if (!button.isConnected) return;
  button.focus();
  button.click();
}
