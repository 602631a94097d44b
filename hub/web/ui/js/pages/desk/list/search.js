import { useEffect, useRef, useState } from "preact/hooks";
import { get, withQuery } from "../../../api.js";
import { Avatar } from "../../../components/avatar.js";
import { Icon } from "../../../components/icon.js";
import { KeyHint } from "../../../components/keyhint.js";
import { classes, html } from "../../../html.js";
import { addressOf } from "../../../naming.js";
import { go } from "../../../router.js";
import { t } from "../../../words.js";

/** What has an operator is no name of a customer. */
const OPERATOR = /(^|\s)-?[a-z]+:|"/i;

/** Find a customer by the beginning of a name or an address, or go on to the search over everything: a combobox whose list
 * follows what is typed. */
export function Search() {
  const input = useRef(/** @type {HTMLInputElement|null} */ (null));
  const [query, setQuery] = useState("");
  const [found, setFound] = useState(/** @type {any[]|null} */ (null));
  const [failed, setFailed] = useState(false);
  const [at, setAt] = useState(0);
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

  const words = query.trim();
  const people = found ?? [];
  const count = people.length + 1;
  const everywhere = () => {
    setQuery("");
    input.current?.blur();
    go(`/search?q=${encodeURIComponent(words)}`);
  };
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
    } else if (words && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      setAt((at + (event.key === "ArrowDown" ? 1 : -1) + count) % count);
    } else if (event.key === "Enter" && words) {
      event.preventDefault();
      if (people[at] && !OPERATOR.test(words)) choose(people[at]);
      else everywhere();
    }
  };
  const open = Boolean(words);
  const here = Math.min(at, count - 1);
  return html`
    <div class="search" role="search">
      <${Icon} name="search" size=${15} />
      <input ref=${input} type="text" class="search-input" value=${query} placeholder=${t("search")}
        aria-label=${t("search")} autocomplete="off" spellcheck=${false}
        role="combobox" aria-expanded=${String(open)} aria-controls="search-results"
          aria-activedescendant=${open ? (people[here] ? `found-${people[here].id}` : "found-everywhere") : undefined}
        onInput=${(/** @type {any} */ event) => setQuery(event.target.value)} onKeyDown=${onKeyDown}
          onBlur=${() => setTimeout(() => setQuery(""), 200)} />
      ${!query && html`<${KeyHint} keys="/" />`}
      <div id="search-results" class="search-results" role="listbox" aria-label=${t("customers")} hidden=${!open}>
        ${people.map(
          (it, index) => html`<div key=${it.id} id=${`found-${it.id}`} role="option" aria-selected=${String(index === here)}
            class="menu-item" onMouseDown=${(/** @type {Event} */ e) => (e.preventDefault(), choose(it))}
            onMouseMove=${() => setAt(index)}>
            <${Avatar} name=${it.name || (it.identities[0] && addressOf(it.identities[0])) || "?"} size="small" />
            <span class="menu-text"><span class="truncate">${it.name || (it.identities[0] && addressOf(it.identities[0]))}</span><span class="menu-detail">
              ${it.identities.map((/** @type {any} */ i) => addressOf(i)).join(" · ")}</span></span>
          </div>`,
        )}
        ${failed && html`<p class="menu-empty" role="option" aria-disabled="true" aria-selected="false">${t("search-failed")}</p>`}
        <div id="found-everywhere" role="option" aria-selected=${String(here === people.length)} class=${classes("menu-item", people.length > 0 && "search-all")}
          onMouseDown=${(/** @type {Event} */ e) => (e.preventDefault(), everywhere())} onMouseMove=${() => setAt(people.length)}>
          <${Icon} name="search" /><span class="menu-text"><span class="truncate">${t("search-all-for", { query: words })}</span></span></div>
      </div>
    </div>
  `;
}
