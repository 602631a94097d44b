import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useActions } from "../../../actions.js";
import { reachable } from "../../../api.js";
import { useAnchor } from "../../../components/anchor.js";
import { Button } from "../../../components/button.js";
import { Empty } from "../../../components/empty.js";
import { Sentinel } from "../../../components/sentinel.js";
import { Skeleton } from "../../../components/skeleton.js";
import { say } from "../../../components/toast.js";
import { number } from "../../../format.js";
import { html } from "../../../html.js";
import { connection } from "../../../live.js";
import { route } from "../../../router.js";
import { wantConversation } from "../../../state/conversations.js";
import { compareMoments } from "../../../state/moments.js";
import { showWaiting } from "../../../state/outbox.js";
import { timelineOf } from "../../../state/timelines.js";
import { t } from "../../../words.js";
import { Composer } from "../composer/composer.js";
import { useThreads } from "../dialogs/grouping.js";
import { TimelineHead } from "../head/head.js";
import { choosingDate, NarrowBar, showBar } from "../head/narrowbar.js";
import { forgetEntry, isNarrow, onlyOf, showEverything } from "../head/narrowing.js";
import { flashed, openFolds, setFold } from "./kept.js";
import { inChunks, layOut } from "./layout.js";
import { useLooking } from "./looking.js";
import { onTimelineKeys, useRoving } from "./roving.js";
import { Stretch } from "./stretch.js";

/** How many items are drawn or left out together at most. */
const CHUNK = 24;
/** Closer to the newest end than this counts as being there, in pixels. */
const AT_END = 80;
/** How long an entry that a link led to stands out, in milliseconds. */
const FLASH = 2500;

/** @typedef {{entry?: number, at?: string}} Aim an entry, or a moment */

/** The customer's one timeline, newest at the bottom, with the composer below it.
 * @param {{customerId: number|null, conversationId: number|null}} props */
export function TimelinePane({ customerId, conversationId }) {
  const only = onlyOf(route.value.query);
  /** Set by the timeline: how to get to a moment. @type {{current: (aim: Aim) => void}} */
  const goTo = useRef(() => {});
  return html`
    <section class="pane pane-timeline" aria-label=${t("timeline")}>
      <${TimelineHead} customerId=${customerId} conversationId=${conversationId} onMoment=${(/** @type {string} */ at) => goTo.current({ at })} />
      ${customerId !== null && html`<${NarrowBar} customerId=${customerId} only=${only} />`}
      ${customerId === null ? html`<div class="timeline-scroll"><${Skeleton} kind="timeline" count=${4} label=${t("loading")} />
        </div>` : html`<${Scroll} key=${JSON.stringify(only)} customerId=${customerId} conversationId=${conversationId} only=${only} goTo=${goTo} />`}
      ${conversationId !== null && customerId !== null && html`<${Composer} key=${conversationId} customerId=${customerId}
        conversationId=${conversationId} />`}
    </section>
  `;
}

/** @param {{customerId: number, conversationId: number|null, only: import("../head/narrowing.js").Only, goTo: {current: (aim: Aim) => void}}} props */
function Scroll({ customerId, conversationId, only, goTo }) {
  const whole = timelineOf(customerId);
  const timeline = isNarrow(only) ? whole.narrow(only) : whole;
  const entries = timeline.entries.value;
  const loaded = timeline.loaded.value;
  const hasOlder = timeline.hasOlder.value;
  const hasNewer = timeline.hasNewer.value;
  const wanted = Number(route.value.query.get("entry")) || null;
  const scroller = useRef(/** @type {HTMLElement|null} */ (null));
  const column = useRef(/** @type {HTMLElement|null} */ (null));
  const [low, setLow] = useState(true);
  const [fresh, setFresh] = useState(0);
  const [aim, setAim] = useState(/** @type {Aim|null} */ (null));
  const atEnd = low && !hasNewer;
  const newest = entries[entries.length - 1];
  /** Whether it ended with the newest before: who read up to where it ended is not carried on to the newest of what came then. */
  const ended = useRef(true);
  const { keep, look, hold } = useAnchor(scroller, column, "[data-entry], .timeline-chunk:empty", () => atEnd && ended.current && aim === null);
  const line = useLooking({ timeline, conversationId, atEnd });
  useRoving(scroller);

  const toNewest = async () => {
    forgetEntry();
    setFresh(0);
    if (timeline.hasNewer.peek()) {
      setLow(true);
      if ((await timeline.goTo({})) && scroller.current) scroller.current.scrollTop = 0;
    } else if (scroller.current) scroller.current.scrollTop = 0;
  };

  const show = async (/** @type {Aim} */ to) => {
    const here = timeline.loading.peek() !== "here" && timeline.entries.peek().some((entry) => entry.id === to.entry);
    if (!here && !(await timeline.goTo(to))) {
      if (timeline.problem.peek() === null) return; // somebody went elsewhere meanwhile
      if (timeline.problem.peek()?.status === 404) say({ tone: "danger", text: t("entry-unknown") });
      timeline.problem.value = null;
      return void timeline.more();
    }
    const inFold = timeline.entries.peek().find((entry) => entry.id === to.entry);
    if (inFold && (inFold.kind === "event" || inFold.automatic !== "no")) setFold([inFold], true);
    setAim(to);
  };
  goTo.current = (to) => void show(to);

  const reading = () => {
    const box = scroller.current;
    if (!box || Math.abs(box.scrollTop) < AT_END) return null;
    const { top } = box.getBoundingClientRect();
    const first = [...box.querySelectorAll("[data-entry]")].find((it) => it.getBoundingClientRect().bottom > top);
    return first ? Number(first.getAttribute("data-entry")) : null;
  };
  useEffect(() => {
    timeline.reading = reading;
    return () => {
      if (timeline.reading === reading) timeline.reading = null;
    };
  }, [timeline]);

  useEffect(() => {
    if (!whole.loaded.peek() && wanted === null) void whole.more().then(() => showWaiting(customerId));
    if (timeline !== whole && !loaded && wanted === null) void timeline.more();
  }, [timeline]);
  useEffect(() => {
    if (wanted !== null) void show({ entry: wanted });
  }, [wanted, timeline]);
  useEffect(() => {
    for (const id of new Set(entries.map((entry) => entry.conversation_id))) wantConversation(id);
  }, [entries]);

  const threads = useThreads(entries, customerId);
  const items = useMemo(() => layOut(entries, { line, startsHere: !hasOlder, opened: openFolds.value, threads }), [entries, line, hasOlder, openFolds.value, threads]);
  const borders = useRef(/** @type {Set<number>} */ (new Set()));
  const chunks = useMemo(() => inChunks(items, CHUNK, borders.current), [items]);
  const target = aim === null ? null : (aim.entry ?? (entries.find((entry) => compareMoments(entry.occurred_at, /** @type {string} */ (aim.at)) >= 0) ?? newest)?.id ?? null);
  const targetKey = target === null ? null : (items.find((item) => item.type === "fold" && !item.open && item.entries.some((it) => it.id === target))?.key ?? `entry-${target}`);

  useLayoutEffect(() => {
    const element = /** @type {HTMLElement|null|undefined} */ (target === null ? null : scroller.current?.querySelector(`[data-entry="${target}"]`));
    if (!aim) return keep();
    setAim(null);
    if (!element) return;
    element.scrollIntoView({ block: aim.entry ? "center" : "start" });
    hold();
    if (aim.entry) element.focus({ preventScroll: true });
    flashed.value = target;
    setTimeout(() => flashed.peek() === target && (flashed.value = null), FLASH);
  }, [aim, items]);

  useLayoutEffect(() => void (ended.current = !hasNewer), [hasNewer]);

  // a letter that is longer than the window is read from its beginning
  const begun = useRef(false);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (begun.current || !loaded || !newest || !box) return;
    begun.current = true;
    const said = entries.findLast((entry) => entry.kind !== "event");
    if (wanted !== null || hasNewer || said?.kind !== "message" || said.direction !== "in") return;
    const element = box.querySelector(`[data-entry="${said.id}"]`);
    if (!element || element.getBoundingClientRect().top >= box.getBoundingClientRect().top) return;
    element.scrollIntoView({ block: "start" });
    hold();
  }, [loaded, newest?.id]);

  // what arrives is shown to those who are at the end, and counted for the others
  const last = useRef({ id: newest?.id, behind: true });
  useLayoutEffect(() => {
    const before = last.current;
    last.current = { id: newest?.id, behind: hasNewer };
    if (!newest || newest.id === before.id) return;
    if (newest.pending && hasNewer) return void toNewest();
    if (before.id === undefined || before.behind || hasNewer) return;
    const mine = newest.direction === "out" || newest.pending;
    if ((atEnd || mine) && scroller.current) scroller.current.scrollTop = 0;
    else setFresh((n) => n + 1);
  }, [newest?.id, hasNewer]);

  const onScroll = () => {
    // the scroller is reversed: 0 is the newest end, older is negative
    if (!scroller.current) return;
    const isLow = Math.abs(scroller.current.scrollTop) < AT_END;
    if (isLow !== low) setLow(isLow);
    if (isLow && fresh) setFresh(0);
    look();
  };

  useActions([
    { id: "timeline-date", group: t("group-move"), icon: "calendar-days", label: t("jump-to-date"), keys: ["g"], run: () => void (choosingDate.value = true) },
    { id: "timeline-narrow", group: t("group-move"), icon: "list-filter", label: t("narrow-bar"), run: () => showBar(true) },
    { id: "timeline-newest", group: t("group-move"), icon: "arrow-down", label: t("to-newest"), ready: !atEnd, run: () => void toNewest() },
    { id: "timeline-everything", group: t("group-move"), icon: "x", label: t("show-everything"), ready: isNarrow(only), run: showEverything },
  ]);

  const missed = fresh + timeline.missed.value;
  const content = !loaded
    ? timeline.problem.value
      ? html`<${Empty} icon="cloud-off" tone="danger" title=${t("load-failed")} action=${html`<${Button} icon="refresh-cw"
        onClick=${() => timeline.more()}>${t("try-again")}<//>`}>
          ${timeline.problem.value.message || t("load-failed-text")}<//>`
      : connection.value === "lost" || !reachable.value
        ? html`<${Empty} icon="cloud-off" title=${t("offline")}>${t("timeline-offline")}<//>`
        : html`<${Skeleton} kind="timeline" count=${4} label=${t("loading")} />`
    : entries.length === 0 && !hasOlder && !hasNewer
      ? isNarrow(only)
        ? html`<${Empty} icon="list-filter" title=${t("narrowed-empty")} action=${html`<${Button} icon="x" onClick=${showEverything}>
          ${t("show-everything")}<//>`}>${t("narrowed-empty-text")}<//>`
        : html`<${Empty} icon="history" title=${t("timeline-empty")}>${t("timeline-empty-text")}<//>`
      : html`
          ${hasOlder ? end(timeline, "older") : html`<p class="timeline-start">${t(isNarrow(only) ? "narrowed-start" : "timeline-start")}</p>`}
          <${Stretch} chunks=${chunks} wanted=${targetKey} />
          ${hasNewer && end(timeline, "newer")}
        `;
  return html`
    <div class="timeline-frame">
      <div ref=${scroller} class="timeline-scroll" data-scroller tabindex="0" role="region" aria-label=${t("timeline-entries")}
        onScroll=${onScroll} onKeyDown=${onTimelineKeys}>
        <div ref=${column} class="timeline-inner"><div class="timeline-column" aria-busy=${String(timeline.loading.value !== null)}>${content}</div></div>
      </div>
      <p class="visually-hidden" role="status" aria-live="polite">
        ${newest && loaded && !hasNewer && newest.direction === "in" ? t("announce-entry", { name: newest.author.name ?? "", text: newest.text.slice(0, 120) }) : ""}
        </p>
      ${loaded && !atEnd &&
      html`<button type="button" class=${`to-newest ${missed ? "fresh" : ""}`} onClick=${toNewest}>
        ${missed ? t("new-entries", { count: number(missed), n: missed }) : t("to-newest")}
      </button>`}
    </div>
  `;
}

/** One end of what is loaded: more is read when the reader comes near. @param {import("../../../state/timelines.js").Timeline} timeline @param {'older'|'newer'} way */
function end(timeline, way) {
  const more = () => void (way === "older" ? timeline.more() : timeline.newer());
  if (timeline.problem.value)
    return html`<div class="sentinel"><${Button} size="small" icon="refresh-cw" onClick=${more}>${t(way === "older" ? "older-failed" : "newer-failed")}<//></div>`;
  return html`<${Sentinel} key=${way} busy=${timeline.loading.value !== null} label=${t("loading")} onReach=${more} />`;
}
