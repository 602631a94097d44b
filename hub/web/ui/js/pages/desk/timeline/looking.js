import { useEffect, useRef, useState } from "preact/hooks";
import { conversation, markSeen } from "../../../state/conversations.js";
import { leaderOf } from "../../../state/related.js";
import { me } from "../../../state/session.js";

/** @typedef {import("./layout.js").Line} Line */

/**
 * Marks what an agent sees, and tells where the line "since you last looked" stands. The line is drawn for the entries
 * that were there when the agent came, or came back to the window; what arrives before their eyes has none.
 * @param {{timeline: import("../../../state/timelines.js").Timeline, conversationId: number|null, atEnd: boolean}} props
 * @returns {Line|null}
 */
export function useLooking({ timeline, conversationId, atEnd }) {
  const entries = timeline.entries.value;
  const loaded = timeline.loaded.value;
  const newest = entries.findLast((entry) => entry.id > 0);
  // by a join it has what stood here before
  const lastIn = conversation(conversationId)?.last_in_id;
  const [line, setLine] = useState(/** @type {Line|null} */ (null));
  /** @type {{current: import("../../../state/timelines.js").Look|null}} */
  const looked = useRef(null);
  const now = useRef({ newest, atEnd });
  now.current = { newest, atEnd };

  const draw = (/** @type {import("../../../state/timelines.js").Look|null} */ since) => {
    const upTo = now.current.newest?.id ?? 0;
    setLine(since && { ...since, upTo, mine: me.peek()?.id ?? null });
  };
  useEffect(() => {
    if (loaded) draw(timeline.seen);
    return () => void (timeline.seen = looked.current ?? timeline.seen);
  }, [timeline, loaded]);

  useEffect(() => {
    const back = () => {
      if (document.visibilityState === "visible" && looked.current && now.current.newest && now.current.newest.id > looked.current.entry_id) draw(looked.current);
    };
    document.addEventListener("visibilitychange", back);
    return () => document.removeEventListener("visibilitychange", back);
  }, [timeline]);

  // an entry is seen when it is on the screen of someone who looks
  useEffect(() => {
    if (!newest || !atEnd || !loaded) return undefined;
    const seen = () => {
      if (document.visibilityState !== "visible") return;
      looked.current = { entry_id: Math.max(newest.id, looked.current?.entry_id ?? 0), at: newest.occurred_at };
      const latest = new Map(entries.filter((entry) => entry.id > 0).map((entry) => [leaderOf(entry.conversation_id), entry.id]));
      for (const [id, entryId] of latest) if (id === conversationId || conversation(id)?.unread) void markSeen(id, entryId);
    };
    seen();
    document.addEventListener("visibilitychange", seen);
    return () => document.removeEventListener("visibilitychange", seen);
  }, [newest?.id, lastIn, atEnd, conversationId, loaded]);

  return line;
}
