import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { get, withQuery } from "../../api.js";
import { Avatar } from "../../components/avatar.js";
import { Icon } from "../../components/icon.js";
import { KeyHint } from "../../components/keyhint.js";
import { html } from "../../html.js";
import { addressOf } from "../../naming.js";
import { go } from "../../router.js";
import { t } from "../../words.js";
import { searchWish } from "./commands.js";

/** Find a customer by the beginning of a name or an address: a combobox whose list follows what is typed. */
export function Search() {
  const input = useRef(/** @type {HTMLInputElement|null} */ (null));
  const [query, setQuery] = useState("");
  const [found, setFound] = useState(/** @type {any[]|null} */ (null));
  const [failed, setFailed] = useState(false);
  const [at, setAt] = useState(0);
  const wish = searchWish.value;

  useLayoutEffect(() => {
    if (wish) input.current?.focus();
  }, [wish]);

  useEffect(() => {
    if (!query.trim()) {
      setFound(null);
      return undefined;
    }
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const { items } = await get(withQuery("/api/customers", { query: query.trim(), limit: 20 }), stop.signal);
        setFound(items);
        setFailed(false);
        setAt(0);
      } catch {
        if (!stop.signal.aborted) setFailed(true);
      }
    }, 150);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query]);

  const choose = (/** @type {any} */ it) => {
    setQuery("");
    input.current?.blur();
    go(`/c/${it.id}`);
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      if (query) setQuery("");
      else input.current?.blur();
    } else if (found?.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      setAt((at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
    } else if (event.key === "Enter" && found?.[at]) choose(found[at]);
  };
  const open = Boolean(query.trim()) && (found !== null || failed);
  return html`
    <div class="search" role="search">
      <${Icon} name="search" size=${15} />
      <input ref=${input} type="text" class="search-input" value=${query} placeholder=${t("search-customers")}
        aria-label=${t("search-customers")} autocomplete="off" spellcheck=${false}
        role="combobox" aria-expanded=${String(open)} aria-controls="search-results"
          aria-activedescendant=${open && found?.length ? `found-${found[at]?.id}` : undefined}
        onInput=${(/** @type {any} */ event) => setQuery(event.target.value)} onKeyDown=${onKeyDown}
          onBlur=${() => setTimeout(() => setQuery(""), 200)} />
      ${!query && html`<${KeyHint} keys="/" />`}
      <div id="search-results" class="search-results" role="listbox" aria-label=${t("customers")} hidden=${!open}>
        ${failed
          ? html`<p class="menu-empty" role="option" aria-disabled="true">${t("search-failed")}</p>`
          : found?.length === 0
            ? html`<p class="menu-empty" role="option" aria-disabled="true">${t("search-nothing", { query: query.trim() })}</p>`
            : found?.map(
                (it, index) => html`<div key=${it.id} id=${`found-${it.id}`} role="option" aria-selected=${String(index === at)}
                  class="menu-item" onMouseDown=${(/** @type {Event} */ e) => (e.preventDefault(), choose(it))}
                  onMouseMove=${() => setAt(index)}>
                  <${Avatar} name=${it.name || (it.identities[0] && addressOf(it.identities[0])) || "?"} size="small" />
                  <span class="menu-text"><span class="truncate">${it.name || (it.identities[0] && addressOf(it.identities[0]))}</span><span class="menu-detail">
                    ${it.identities.map((/** @type {any} */ i) => addressOf(i)).join(" · ")}</span></span>
                </div>`,
              )}
      </div>
    </div>
  `;
}
