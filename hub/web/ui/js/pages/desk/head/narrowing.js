import { withQuery } from "../../../api.js";
import { go, route } from "../../../router.js";
import { EVERYTHING } from "../../../state/timelines.js";

/** @typedef {import("../../../state/timelines.js").Only} Only */

/** The kinds of entries that can be asked for, in the order of the menu; "file" is any entry with files. */
export const KINDS = ["message", "note", "call", "callback", "file", "event"];

/** Which entries the page's address asks for. @param {URLSearchParams} query @returns {Only} */
export const onlyOf = (query) => ({
  channel: Number(query.get("channel")) || null,
  thread: Number(query.get("thread")) || null,
  kinds: (query.get("kind") ?? "").split(",").filter((kind) => KINDS.includes(kind)),
  author: /^(agent|identity):\d+$/.test(query.get("by") ?? "") ? query.get("by") : null,
});

/** @param {Only} only */
export const isNarrow = ({ channel, thread, kinds, author }) => channel !== null || thread !== null || kinds.length > 0 || author !== null;

/** Ask for other entries than now, and keep that in the page's address. @param {Partial<Only>} changes */
export function narrow(changes) {
  const { query } = route.peek();
  const { channel, thread, kinds, author } = { ...onlyOf(query), ...changes };
  const rest = Object.fromEntries([...query].filter(([name]) => !["channel", "thread", "kind", "by", "entry"].includes(name)));
  go(withQuery(location.pathname, { ...rest, channel, thread, kind: kinds.join(","), by: author }), { replace: true });
}

export const showEverything = () => narrow(EVERYTHING);

/** Take the entry out of the address once the reader has gone on, so that the same link leads there again. */
export function forgetEntry() {
  const { query } = route.peek();
  if (!query.has("entry")) return;
  go(withQuery(location.pathname, Object.fromEntries([...query].filter(([name]) => name !== "entry"))), { replace: true });
}
