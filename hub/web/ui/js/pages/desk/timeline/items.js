import { Icon } from "../../../components/icon.js";
import { day, full, number, time } from "../../../format.js";
import { classes, html } from "../../../html.js";
import { conversation } from "../../../state/conversations.js";
import { t } from "../../../words.js";
import { dims, focusedThread, openConversation, threadTint } from "../choice.js";
import { subjectOf } from "../titles.js";
import { EntryView } from "./entry.js";
import { setFold } from "./kept.js";

/** One line of the timeline, whatever it is. @param {{item: import("./layout.js").Item}} props */
export function TimelineItem({ item }) {
  switch (item.type) {
    case "day":
      return html`<div class=${classes("day", rail(item))} role="separator"><h2><time datetime=${item.at}>${day(item.at)}</time></h2>
        </div>`;
    case "gap":
      return html`<p class=${classes("gap", rail(item))}>${gapWords(item.days)}</p>`;
    case "since":
      return html`<div class=${classes("since", rail(item))} role="separator"><span>${t("since-you-looked")}</span></div>`;
    case "thread":
      return html`<${ThreadHead} item=${item} />`;
    case "fold":
      return html`<${Fold} item=${item} />`;
    case "entry":
      return html`<${EntryView} entry=${item.entry} follows=${item.follows} />`;
  }
}

/** The rail goes on through a line between two entries of one thread. @param {{thread: number|null}} item */
const rail = ({ thread }) => thread !== null && `on-rail ${threadTint(thread)} ${dims(thread) ? "dimmed" : ""}`;

/** @param {number} days */
function gapWords(days) {
  if (days < 60) return t("gap-weeks", { n: Math.round(days / 7) });
  if (days < 700) return t("gap-months", { n: Math.round(days / 30) });
  return t("gap-years", { n: Math.round(days / 365) });
}

/** Where a thread begins or is taken up again. Choosing it dims the others and turns the composer to it.
 * @param {{item: Extract<import("./layout.js").Item, {type: 'thread'}>}} props */
function ThreadHead({ item }) {
  const it = conversation(item.conversationId);
  const focused = focusedThread.value === item.conversationId;
  const subject = item.subject || (it ? subjectOf(it) : t("no-subject"));
  const choose = () => {
    focusedThread.value = focused ? null : item.conversationId;
    if (!focused) openConversation(item.conversationId);
  };
  return html`
    <div class=${classes("thread-head", threadTint(item.conversationId), dims(item.conversationId) && "dimmed")}>
      <button type="button" class="thread-button" aria-pressed=${String(focused)} onClick=${choose}
        data-tip=${t(focused ? "thread-unfocus" : "thread-focus")}>
        <span class="thread-mark" aria-hidden="true"></span>
        <h3 class="truncate" dir="auto">${subject}</h3>
        ${!item.begins && html`<span class="thread-note">${t("thread-continued")}</span>`}
        ${it?.state === "resolved" && html`<span class="thread-note"><${Icon} name="check" size=${12} />${t("state-resolved")}</span>`}
      </button>
      ${item.begins && it?.possibly_related_id && html`<button type="button" class="thread-related link"
        onClick=${() => openConversation(/** @type {number} */ (it.possibly_related_id))}>${t("possibly-related")}</button>`}
    </div>
  `;
}

/** What machines wrote, or a run of changes, as one line until someone wants them.
 * @param {{item: Extract<import("./layout.js").Item, {type: 'fold'}>}} props */
function Fold({ item: { entries, what, thread, open } }) {
  const last = entries[entries.length - 1];
  return html`
    <div class=${classes("fold", thread !== null && threadTint(thread), thread !== null ? dims(thread) && "dimmed" : "unthreaded")} data-entry=${open ? undefined : last.id}>
      <button type="button" class="fold-button" aria-expanded=${String(open)} onClick=${() => setFold(entries, !open)}>
        <${Icon} name=${open ? "chevron-down" : "chevron-right"} size=${14} />
        <${Icon} name=${what === "events" ? "history" : "bot"} size=${14} />
        <span>${t(`fold-${what}`, { count: number(entries.length), n: entries.length })}</span>
        <time datetime=${last.occurred_at} data-tip=${full(last.occurred_at)}>${time(last.occurred_at)}</time>
      </button>
    </div>
  `;
}
