import { ChannelMark } from "../../components/channelmark.js";
import { withQuery } from "../../api.js";
import { html } from "../../html.js";
import { go, route } from "../../router.js";
import { conversation } from "../../state/conversations.js";
import { timelineOf } from "../../state/timelines.js";
import { t } from "../../words.js";

/** Which channel's entries the timeline shows, once a customer has used more than one.
 * @param {{customerId: number, channelId: number|null}} props */
export function ChannelFilter({ customerId, channelId }) {
  /** @type {Map<number, {name: string, kind: string, behind?: string}>} */
  const used = new Map();
  for (const { channel, conversation_id } of timelineOf(customerId).entries.value)
    if (channel && !used.has(channel.id)) used.set(channel.id, { ...channel, behind: conversation(conversation_id)?.identity.kind });
  if (used.size < 2 && channelId === null) return null;
  const choose = (/** @type {number|null} */ id) => go(withQuery(location.pathname, { ...Object.fromEntries(route.peek().query), channel: id }), { replace: true });
  const choice = (/** @type {number|null} */ id, /** @type {any} */ label) => html`<button key=${id} type="button" class="segment"
    aria-pressed=${String(id === channelId)} onClick=${() => choose(id)}>${label}</button>`;
  return html`
    <div class="channel-filter" role="group" aria-label=${t("channel-filter")}>
      <div class="segments">
        ${choice(null, t("all-channels"))}
        ${[...used].map(([id, it]) => choice(id, html`<${ChannelMark} kind=${it.kind} behind=${it.behind} /><span class="truncate">${it.name}
          </span>`))}
      </div>
    </div>
  `;
}
