import { computed, signal } from "@preact/signals";

const path = signal(location.pathname + location.search);

addEventListener("popstate", () => (path.value = location.pathname + location.search));

/** Go to another page of the app.
 * @param {string} to @param {{replace?: boolean}} [options] */
export function go(to, { replace = false } = {}) {
  if (to === path.peek()) return;
  history[replace ? "replaceState" : "pushState"]({ depth: (history.state?.depth ?? 0) + (replace ? 0 : 1) }, "", to);
  path.value = location.pathname + location.search;
}

/** One step back in the stack of pages, or to a page when this is the first one.
 * @param {string} otherwise */
export function back(otherwise) {
  if ((history.state?.depth ?? 0) > 0) history.back();
  else go(otherwise, { replace: true });
}

/** Links inside the app change the page without loading it again. */
document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = /** @type {HTMLAnchorElement|null} */ (/** @type {Element} */ (event.target).closest?.("a[href]"));
  if (!link || link.target || link.origin !== location.origin || link.hasAttribute("download") || link.pathname.startsWith("/api/")) return;
  event.preventDefault();
  go(link.pathname + link.search);
});

/** @typedef {{page: string, id: number|null, part: string|null, query: URLSearchParams}} Route */

/** @type {import("@preact/signals").ReadonlySignal<Route>} */
export const route = computed(() => {
  const url = new URL(path.value, location.origin);
  const [first = "", second = "", third = ""] = url.pathname.split("/").filter(Boolean);
  const id = /^\d+$/.test(second) ? Number(second) : null;
  const query = url.searchParams;
  if (first === "") return { page: "desk", id: null, part: null, query };
  if (first === "conversations") return { page: "desk", id, part: "conversation", query };
  if (first === "c") return { page: "desk", id, part: "customer", query };
  if (first === "admin") return { page: "admin", id: /^\d+$/.test(third) ? Number(third) : null, part: second || "channels", query: withLast(query, third) };
  return { page: first, id, part: second || null, query };
});

/** Keep the last word of an administrator's path: /admin/channels/new.
 * @param {URLSearchParams} query @param {string} last */
function withLast(query, last) {
  if (last) query.set("last", last);
  return query;
}
