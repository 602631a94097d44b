import { useEffect, useRef, useState } from "preact/hooks";
import { get, withQuery } from "../../api.js";
import { Sentinel } from "../../components/sentinel.js";
import { Skeleton } from "../../components/skeleton.js";
import { html } from "../../html.js";
import { t } from "../../words.js";
import { NotLoaded } from "../notloaded.js";

/** What the hub gives page by page, read anew when the question or `turn` changes. `load(null)` begins again, `load(next)` goes on.
 * @param {string} path @param {Record<string, any>} [query] @param {number} [turn] */
export function usePages(path, query = {}, turn = 0) {
  const [items, setItems] = useState(/** @type {any[]|null} */ (null));
  const [next, setNext] = useState(/** @type {string|null} */ (null));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const asked = useRef(0);
  const load = async (/** @type {string|null} */ after) => {
    const mine = (asked.current += 1);
    setBusy(true);
    setProblem(null);
    try {
      const answer = await get(withQuery(path, { ...query, after }));
      if (mine !== asked.current) return;
      setItems((held) => (after ? [...(held ?? []), ...answer.items] : answer.items));
      setNext(answer.next);
    } catch (failure) {
      if (mine === asked.current) setProblem(failure);
    } finally {
      if (mine === asked.current) setBusy(false);
    }
  };
  useEffect(() => void load(null), [withQuery(path, query), turn]);
  return { items, setItems, next, busy, problem, load };
}

/** The pages that were read, one below the other; `empty` where there is nothing.
 * @param {{pages: ReturnType<typeof usePages>, count: number, empty: any, draw: (items: any[]) => any}} props */
export function Paged({ pages: { items, next, busy, problem, load }, count, empty, draw }) {
  if (!items) return problem ? html`<${NotLoaded} problem=${problem} onAgain=${() => load(null)} />` : html`<${Skeleton} kind="rows" count=${count} label=${t("loading")} />`;
  if (items.length === 0) return empty;
  return html`${draw(items)}
    ${next && html`<${Sentinel} busy=${busy} label=${t("loading")} onReach=${() => load(next)} margin=${400} />`}`;
}
