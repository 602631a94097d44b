import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useActions } from "../../actions.js";
import { Button } from "../../components/button.js";
import { Empty } from "../../components/empty.js";
import { Icon } from "../../components/icon.js";
import { Sentinel } from "../../components/sentinel.js";
import { Skeleton } from "../../components/skeleton.js";
import { Tabs } from "../../components/tabs.js";
import { date, number } from "../../format.js";
import { classes, html } from "../../html.js";
import { useKeys } from "../../keys.js";
import { back, go, route } from "../../router.js";
import { found, recent, remember, searchAgain, searchFor, searchOn, waits } from "../../state/search.js";
import { t } from "../../words.js";
import { SearchField } from "./field.js";
import { OPERATORS, without } from "./operators.js";
import { grouped, People, Thread } from "./results.js";

/** How long typing rests before the hub is asked, in ms. */
const REST = 200;
/** Where the results were scrolled to, for the way back. */
let scrolled = 0;
/** @type {string|null} */
let opened = null;

/** Search over everything: one field, operators as chips, results by conversation. */
export function SearchPage() {
  const query = route.value.query.get("q") ?? "";
  const sort = route.value.query.get("sort") === "best" ? "best" : "newest";
  const [typed, setTyped] = useState(query);
  const field = useRef(/** @type {HTMLInputElement|null} */ (null));
  const list = useRef(/** @type {HTMLElement|null} */ (null));
  const timer = useRef(0);
  const it = found.value;

  const show = (/** @type {string} */ words, /** @type {string} */ order) => {
    clearTimeout(timer.current);
    const asked = new URLSearchParams([...(words.trim() ? [["q", words]] : []), ...(order === "best" ? [["sort", order]] : [])]);
    go(`/search${asked.size ? `?${asked}` : ""}`, { replace: true });
  };
  const onValue = (/** @type {string} */ words, /** @type {boolean} */ now) => {
    setTyped(words);
    clearTimeout(timer.current);
    if (now) show(words, sort);
    else timer.current = window.setTimeout(() => show(words, sort), REST);
  };
  useEffect(() => {
    if (query.trim() !== typed.trim()) setTyped(query);
    void searchFor(query, sort);
  }, [query, sort]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLayoutEffect(() => {
    const box = list.current;
    if (found.peek().query === query && found.peek().loaded && box && opened) {
      box.scrollTop = scrolled;
      /** @type {HTMLElement|null} */ (box.querySelector(`[data-result][href="${CSS.escape(opened)}"]`))?.focus({ preventScroll: true });
    } else field.current?.focus();
    opened = null;
  }, []);

  const results = () => /** @type {HTMLElement[]} */ ([...(list.current?.querySelectorAll("[data-result]") ?? [])]);
  const step = (/** @type {number} */ by) => {
    const all = results();
    const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (at + by < 0) field.current?.focus();
    else all[Math.min(at + by, all.length - 1)]?.focus();
  };
  useActions([{ id: "search", group: t("group-move"), icon: "search", label: t("key-search"), keys: ["/"], run: () => (field.current?.focus(), field.current?.select()) }]);
  useKeys({
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    j: () => step(1),
    k: () => step(-1),
    Escape: () => (document.activeElement === field.current ? back("/") : void field.current?.focus()),
  });
  const people = it.items.filter((one) => one.kind === "customer");
  const threads = grouped(it.items);
  const nothing = it.loaded && !it.busy && it.items.length === 0 && it.next === null;
  return html`
    <main class="search-page" aria-labelledby="search-heading">
      <h1 id="search-heading" class="visually-hidden">${t("search")}</h1>
      <header class="search-head">
        <div class="search-line">
          <${Button} kind="quiet" class="only-phone" icon="arrow-left" tip=${t("back")} onClick=${() => back("/")} />
          <${SearchField} value=${typed} onValue=${onValue} onDown=${() => results()[0]?.focus()} fieldRef=${field} />
        </div>
        ${(it.understood.length > 0 || it.items.length > 0) && query.trim() && html`<div class="search-under">
          <ul class="search-chips" role="list" aria-label=${t("search-filters")}>${it.understood.map((one) => html`<li key=${one.text}
            class=${classes("search-chip", one.problem && "danger", one.negated && "negated")} data-tip=${one.problem ? t(`search-problem-${one.problem}`, { value: one.value }) : t(`operator-${one.name}`)}>
            ${one.problem && html`<${Icon} name="circle-alert" size=${13} label=${t(`search-problem-${one.problem}`, { value: one.value })} />`}
            <span><span class="search-chip-name">${one.negated ? t("search-not", { name: t(`filter-by-${one.name}`) }) : t(`filter-by-${one.name}`)}</span> ${one.value}</span>
            <button type="button" aria-label=${t("search-without", { filter: one.text })} onClick=${() => (onValue(without(typed, one.text), true), field.current?.focus())}>
              <${Icon} name="x" size=${13} /></button></li>`)}</ul>
          <${Tabs} small label=${t("search-order")} value=${sort} onValue=${(/** @type {string} */ order) => show(typed, order)} controls="search-results"
            items=${[{ value: "newest", label: t("search-newest") }, { value: "best", label: t("search-best") }]} />
        </div>`}
      </header>
      <div class=${classes("search-body", it.busy && it.loaded && "busy")} id="search-results" role=${query.trim() && it.items.length ? "tabpanel" : undefined}
        aria-label=${t("search-results")} aria-busy=${String(it.busy)} ref=${list} data-scroller onScroll=${() => (scrolled = list.current?.scrollTop ?? 0)}
        onClick=${(/** @type {any} */ event) => (opened = event.target.closest("[data-result]")?.getAttribute("href") ?? null)}>
        <p class="visually-hidden" role="status">${it.loaded && !it.busy && query.trim() ? t("search-found", { n: it.items.length }) : ""}</p>
        ${!query.trim()
          ? html`<${Start} choose=${(/** @type {string} */ words) => (onValue(words, !words.endsWith(":")), field.current?.focus())} />`
          : it.problem
            ? html`<${Empty} icon="cloud-off" tone="danger" title=${t("search-failed")} action=${html`<${Button} icon="refresh-cw"
                onClick=${searchAgain}>${t("try-again")}<//>`}>${it.problem.message || t("load-failed-text")}<//>`
            : !it.loaded
              ? html`<${Skeleton} kind="rows" count=${6} label=${t("loading")} />`
              : nothing
                ? html`<${Nothing} query=${query} meant=${it.meant} filters=${it.understood.map((one) => one.text)}
                    choose=${(/** @type {string} */ words) => (onValue(words, true), field.current?.focus())} />`
                : html`${people.length > 0 && html`<${People} items=${people} query=${query} />`}
                  ${threads.length > 0 && html`<section class="found-threads" aria-labelledby="found-threads"><h2 id="found-threads">${t("conversations")}</h2>
                    ${threads.map((group) => html`<${Thread} key=${group.conversation.id} ...${group} query=${query} />`)}</section>`}
                  ${end(it, () => show(typed, "newest"))}`}
      </div>
    </main>
  `;
}

/** The end of what was found: more, further back, or all there is; or of the best, older ones by their age.
 * @param {import("../../state/search.js").Search} it @param {() => void} byAge */
function end(it, byAge) {
  if (it.next === null && it.ranked !== null)
    return html`<div class="found-end"><p>${t("search-ranked", { count: number(it.ranked) })}</p><${Button} icon="history" onClick=${byAge}>${t("search-by-age")}<//></div>`;
  if (it.next === null) return html`<p class="found-end">${t("search-end")}</p>`;
  if (waits(it) && it.reached)
    return html`<div class="found-end"><p>${t("search-reached", { date: date(it.reached) })}</p>
      <${Button} icon="history" busy=${it.busy} onClick=${() => searchOn(true)}>${t("search-further")}<//></div>`;
  return html`<${Sentinel} key=${it.items.length + it.further / 10} onReach=${() => void searchOn()} busy=${it.busy} label=${t("loading")} />`;
}

/** Before anything is typed: what can be found, and how. @param {{choose: (words: string) => void}} props */
function Start({ choose }) {
  const last = recent();
  return html`
    <div class="search-start">
      ${last.length > 0 && html`<section aria-labelledby="search-lately"><h2 id="search-lately">${t("search-lately")}</h2>
        <ul role="list">${last.map((words) => html`<li key=${words}><button type="button" class="search-again" data-result onClick=${() => choose(words)}>
          <${Icon} name="history" size=${14} /><span class="truncate" dir="auto">${words}</span></button></li>`)}</ul></section>`}
      <section aria-labelledby="search-how"><h2 id="search-how">${t("search-how")}</h2>
        <p class="muted">${t("search-how-text")}</p>
        <dl class="search-operators">${OPERATORS.map((name) => html`<div key=${name}><dt><button type="button" class="link" onClick=${() => choose(`${name}:`)}>
          <code>${name}:</code></button></dt><dd>${t(`operator-${name}`)}</dd></div>`)}
          <div><dt><code>"…"</code></dt><dd>${t("operator-phrase")}</dd></div><div><dt><code>-…</code></dt><dd>${t("operator-minus")}</dd></div></dl></section>
    </div>
  `;
}

/** Nothing: what may have been meant, and what to leave out. @param {{query: string, meant: string|null, filters: string[], choose: (words: string) => void}} props */
const Nothing = ({ query, meant, filters, choose }) => html`
  <${Empty} icon="search" title=${t("search-none", { query })} action=${(meant || filters.length > 0) && html`<div class="search-instead">
    ${meant && html`<p>${t("search-meant")} <button type="button" class="link" data-result onClick=${() => (remember(meant), choose(meant))}>${meant}</button></p>`}
    ${filters.map((one) => html`<${Button} key=${one} size="small" icon="x" onClick=${() => choose(without(query, one))}>${t("search-without", { filter: one })}<//>`)}
    </div>`}>${t("search-none-text")}<//>
`;
