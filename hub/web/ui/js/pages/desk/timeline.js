import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Button } from "../../components/button.js";
import { Empty } from "../../components/empty.js";
import { Sentinel } from "../../components/sentinel.js";
import { Skeleton } from "../../components/skeleton.js";
import { number } from "../../format.js";
import { html } from "../../html.js";
import { route } from "../../router.js";
import { conversation, markSeen, wantConversation } from "../../state/conversations.js";
import { showWaiting } from "../../state/outbox.js";
import { timelineOf } from "../../state/timelines.js";
import { t } from "../../words.js";
import { ChannelFilter } from "./channelfilter.js";
import { Composer } from "./composer.js";
import { TimelineHead } from "./head.js";
import { TimelineItem } from "./items.js";
import { inChunks, layOut } from "./layout.js";

const CHUNK = 40;
/** How far beyond the view entries stay drawn, in pixels. */
const NEAR = 2000;
/** Closer to the newest end than this counts as being there. */
const AT_END = 80;

/** The customer's one timeline, newest at the bottom, with the composer below it.
 * @param {{customerId: number|null, conversationId: number|null}} props */
export function TimelinePane({ customerId, conversationId }) {
  const channelId = Number(route.value.query.get("channel")) || null;
  return html`
    <section class="pane pane-timeline" aria-label=${t("timeline")}>
      <${TimelineHead} customerId=${customerId} conversationId=${conversationId} />
      ${customerId !== null && html`<${ChannelFilter} customerId=${customerId} channelId=${channelId} />`}
      ${customerId === null ? html`<div class="timeline-scroll"><${Skeleton} kind="timeline" count=${4} label=${t("loading")} />
        </div>` : html`<${Scroll} key=${channelId} customerId=${customerId}
          conversationId=${conversationId} channelId=${channelId} />`}
      ${conversationId !== null && customerId !== null && html`<${Composer} key=${conversationId} customerId=${customerId}
        conversationId=${conversationId} />`}
    </section>
  `;
}

/** @param {{customerId: number, conversationId: number|null, channelId: number|null}} props */
function Scroll({ customerId, conversationId, channelId }) {
  const whole = timelineOf(customerId);
  const timeline = channelId === null ? whole : whole.narrow(channelId);
  const entries = timeline.entries.value;
  const loaded = timeline.loaded.value;
  const hasOlder = timeline.hasOlder.value;
  const seenAt = useMemo(() => localStorage.getItem(`seen:${customerId}`), [customerId]);
  const scroller = useRef(/** @type {HTMLElement|null} */ (null));
  const [atEnd, setAtEnd] = useState(true);
  const [fresh, setFresh] = useState(0);
  const newest = entries[entries.length - 1];

  useEffect(() => {
    if (!whole.loaded.peek()) void whole.more().then(() => showWaiting(customerId));
    if (timeline !== whole && !loaded) void timeline.more();
  }, [timeline]);

  useEffect(() => {
    for (const id of new Set(entries.map((entry) => entry.conversation_id))) wantConversation(id);
  }, [entries]);

  // an entry is seen when it is on the screen of someone who looks; then the line moves for the next visit
  useEffect(() => {
    if (!newest || !atEnd) return undefined;
    const seen = () => {
      if (document.visibilityState !== "visible") return;
      if (channelId === null) localStorage.setItem(`seen:${customerId}`, newest.occurred_at);
      const latest = new Map(entries.filter((entry) => entry.id > 0).map((entry) => [entry.conversation_id, entry.id]));
      for (const [id, entryId] of latest) if (id === conversationId || conversation(id)?.unread) void markSeen(id, entryId);
    };
    seen();
    document.addEventListener("visibilitychange", seen);
    return () => document.removeEventListener("visibilitychange", seen);
  }, [newest?.id, atEnd, conversationId]);

  const lastId = useRef(newest?.id);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!newest || newest.id === lastId.current || !box) return;
    const mine = newest.direction === "out" || newest.pending;
    const first = lastId.current === undefined;
    lastId.current = newest.id;
    if (first) return;
    if (atEnd || mine) box.scrollTop = 0;
    else setFresh((n) => n + 1);
  }, [newest?.id]);

  const items = useMemo(() => layOut(entries, { seenAt, startsHere: !hasOlder }), [entries, seenAt, hasOlder]);
  const chunks = useMemo(() => inChunks(items, CHUNK), [items]);
  const onScroll = () => {
    // the scroller is reversed: 0 is the newest end, older is negative
    if (!scroller.current) return;
    const end = Math.abs(scroller.current.scrollTop) < AT_END;
    if (end !== atEnd) setAtEnd(end);
    if (end && fresh) setFresh(0);
  };

  const content = !loaded
    ? timeline.problem.value
      ? html`<${Empty} icon="cloud-off" tone="danger" title=${t("load-failed")} action=${html`<${Button} icon="refresh-cw"
        onClick=${() => timeline.more()}>${t("try-again")}<//>`}>
          ${timeline.problem.value.message || t("load-failed-text")}<//>`
      : html`<${Skeleton} kind="timeline" count=${4} label=${t("loading")} />`
    : entries.length === 0
      ? html`<${Empty} icon="history" title=${t("timeline-empty")}>${t("timeline-empty-text")}<//>`
      : html`
          ${hasOlder
            ? timeline.problem.value
              ? html`<div class="sentinel"><${Button} size="small" icon="refresh-cw" onClick=${() => timeline.more()}>${t("older-failed")}
                <//></div>`
              : html`<${Sentinel} busy=${timeline.loading.value} label=${t("loading")} onReach=${() => timeline.more()} />`
            : html`<p class="timeline-start">${t("timeline-start")}</p>`}
          ${chunks.map((chunk) => html`<${Chunk} key=${chunk.key} items=${chunk.items} />`)}
        `;
  return html`
    <div class="timeline-frame">
      <div ref=${scroller} class="timeline-scroll" data-scroller tabindex="0" role="region" aria-label=${t("timeline-entries")}
        onScroll=${onScroll} onKeyDown=${onArrows}>
        <div class="timeline-inner"><div class="timeline-column" aria-busy=${String(timeline.loading.value)}>${content}</div></div>
      </div>
      <p class="visually-hidden" role="status" aria-live="polite">
        ${newest && loaded && newest.direction === "in" ? t("announce-entry", { name: newest.author.name ?? "", text: newest.text.slice(0, 120) }) : ""}
        </p>
      ${!atEnd &&
      html`<button type="button" class=${`to-newest ${fresh ? "fresh" : ""}`}
        onClick=${() => scroller.current?.scrollTo({ top: 0, behavior: "smooth" })}>
        ${fresh ? t("new-entries", { count: number(fresh), n: fresh }) : t("to-newest")}
      </button>`}
    </div>
  `;
}

/** Arrow keys move from entry to entry while the focus is on the timeline. @param {KeyboardEvent} event */
function onArrows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const box = /** @type {HTMLElement} */ (event.currentTarget);
  const target = /** @type {HTMLElement} */ (event.target);
  if (!step || (target !== box && !target.matches("article.entry"))) return;
  event.preventDefault();
  const all = /** @type {HTMLElement[]} */ ([...box.querySelectorAll("article.entry")]);
  const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const next = all[at < 0 ? all.length - 1 : Math.max(0, Math.min(all.length - 1, at + step))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

/** A stretch of the timeline. Far from the view it is only a space of the same height.
 * @param {{items: import("./layout.js").Item[]}} props */
function Chunk({ items }) {
  const self = useRef(/** @type {HTMLElement|null} */ (null));
  const [height, setHeight] = useState(0);
  useEffect(() => {
    const element = /** @type {HTMLElement} */ (self.current);
    const watch = new IntersectionObserver(
      (seen) => {
        const last = seen[seen.length - 1];
        setHeight(last.isIntersecting ? 0 : last.boundingClientRect.height);
      },
      { root: element.closest("[data-scroller]"), rootMargin: `${NEAR}px` },
    );
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (self.current) self.current.style.blockSize = height ? `${height}px` : "";
  }, [height]);
  return html`<div ref=${self} class="timeline-chunk">
    ${height ? null : items.map((item) => html`<${TimelineItem} key=${item.key} item=${item} />`)}</div>`;
}
