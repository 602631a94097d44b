import { conversation } from "../../state/conversations.js";
import { loadCustomer, customer } from "../../state/customers.js";
import { prefetchTimeline } from "../../state/timelines.js";
import { neighbour } from "./choice.js";

const idle = globalThis.requestIdleCallback ?? ((/** @type {() => void} */ run) => setTimeout(run, 200));

/** Read what opening a conversation will show. A failure is no matter: opening it asks again. @param {number|null} id */
async function fetchAhead(id) {
  const customerId = conversation(id)?.customer.id;
  if (customerId === undefined) return;
  await prefetchTimeline(customerId).catch(() => undefined);
  if (!customer(customerId)) await loadCustomer(customerId).catch(() => undefined);
}

/** While nothing else is to do: the next two conversations of the list, and the one before. @param {number|null} activeId */
export function prefetchAround(activeId) {
  let stopped = false;
  const next = neighbour(activeId, 1);
  const wanted = [next, next === null ? null : neighbour(next, 1), activeId === null ? null : neighbour(activeId, -1)];
  idle(async () => {
    for (const id of wanted) if (!stopped && id !== null) await fetchAhead(id);
  });
  return () => void (stopped = true);
}

/** What the pointer rests on is probably opened next. */
const REST = 60;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let resting;
document.addEventListener("pointerover", (event) => {
  clearTimeout(resting);
  const link = /** @type {Element} */ (event.target).closest?.('a[href^="/conversations/"]');
  if (link) resting = setTimeout(() => void fetchAhead(Number(link.getAttribute("href")?.split("/")[2]?.split("?")[0])), REST);
});
