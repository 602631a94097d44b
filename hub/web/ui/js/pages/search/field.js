import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../components/icon.js";
import { classes, html } from "../../html.js";
import { t } from "../../words.js";
import { suggestions, wordAt } from "./operators.js";

/**
 * The field: a combobox that offers operators and their values for the word being written. Arrow down without an offer
 * goes on into the results.
 * @param {{value: string, onValue: (value: string, now: boolean) => void, onDown: () => void, fieldRef: {current: HTMLInputElement|null}}} props
 */
export function SearchField({ value, onValue, onDown, fieldRef }) {
  const id = useId();
  const [cursor, setCursor] = useState(value.length);
  const [at, setAt] = useState(-1);
  const [focused, setFocused] = useState(false);
  const [closed, setClosed] = useState(true);
  const after = useRef(/** @type {number|null} */ (null));
  const { word, from } = wordAt(value, cursor);
  const offers = focused && !closed ? suggestions(word) : [];
  const open = offers.length > 0;
  const here = Math.min(at, offers.length - 1);

  useLayoutEffect(() => {
    if (after.current === null) return;
    fieldRef.current?.setSelectionRange(after.current, after.current);
    after.current = null;
  }, [value]);

  const choose = (/** @type {import("./operators.js").Suggestion} */ it) => {
    const next = value.slice(0, from) + it.text + value.slice(cursor).trimStart();
    after.current = from + it.text.length;
    setCursor(after.current);
    setAt(-1);
    setClosed(false);
    onValue(next, it.text.endsWith(" "));
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) setAt((Math.max(here, event.key === "ArrowUp" ? 0 : -1) + (event.key === "ArrowDown" ? 1 : -1) + offers.length) % offers.length);
      else if (event.key === "ArrowDown") onDown();
    } else if (event.key === "Tab" && open && here < 0 && !event.shiftKey && word.includes(":") === false && word.length > 1) {
      event.preventDefault();
      choose(offers[0]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (open && here >= 0) choose(offers[here]);
      else {
        setClosed(true);
        onValue(value, true);
      }
    } else if (event.key === "Escape" && (open || value)) {
      event.stopPropagation();
      if (open) setClosed(true);
      else onValue("", true);
    }
  };
  const onInput = (/** @type {any} */ event) => {
    setCursor(event.target.selectionStart ?? event.target.value.length);
    setAt(-1);
    setClosed(false);
    onValue(event.target.value, false);
  };
  return html`
    <div class=${classes("search-field", open && "open")}>
      <${Icon} name="search" size=${18} />
      <input ref=${fieldRef} id=${id} type="text" value=${value} placeholder=${t("search-everything")} aria-label=${t("search-everything")} dir="auto"
        role="combobox" aria-autocomplete="list" aria-expanded=${String(open)} aria-controls=${`${id}-offers`}
        aria-activedescendant=${open && here >= 0 ? `${id}-${here}` : undefined} autocomplete="off" autocapitalize="off" spellcheck=${false} enterkeyhint="search"
        onInput=${onInput} onKeyDown=${onKeyDown} onFocus=${() => setFocused(true)} onBlur=${() => setFocused(false)}
        onSelect=${(/** @type {any} */ event) => setCursor(event.target.selectionStart ?? 0)} />
      ${value && html`<button type="button" class="search-clear" aria-label=${t("search-clear")} data-tip=${t("search-clear")}
        onClick=${() => (onValue("", true), fieldRef.current?.focus())}><${Icon} name="x" /></button>`}
      <div id=${`${id}-offers`} class="search-offers" role="listbox" aria-label=${t("search-operators")} hidden=${!open}>
        ${offers.map((it, index) => html`<div key=${it.text} id=${`${id}-${index}`} role="option" aria-selected=${String(index === here)}
          class=${classes("search-offer", index === here && "here")} onMouseDown=${(/** @type {Event} */ e) => (e.preventDefault(), choose(it))}
          onMouseMove=${() => index !== here && setAt(index)}><code>${it.label}</code>${it.detail && html`<span class="muted">${it.detail}</span>`}</div>`)}
      </div>
    </div>
  `;
}
