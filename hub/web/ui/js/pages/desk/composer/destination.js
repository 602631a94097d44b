import { useEffect, useRef, useState } from "preact/hooks";
import { get } from "../../../api.js";
import { ChannelMark } from "../../../components/channelmark.js";
import { Icon } from "../../../components/icon.js";
import { Menu } from "../../../components/menu.js";
import { html } from "../../../html.js";
import { shownAs } from "../../../naming.js";
import { channelsAre } from "../../../state/channels.js";
import { customer } from "../../../state/customers.js";
import { hasDraft } from "../../../state/drafts.js";
import { shownCustomer } from "../../../store.js";
import { hasWords, t } from "../../../words.js";
import { destinationsOpen } from "./another.js";

/** @typedef {import("../../../types.js").Destination} Destination */

/** Every address that this conversation can be answered at; asked again when the customer has written (`newest`), or
 * a channel is another now. What is being written stays meant for the address that stood above it.
 * @param {number} conversationId @param {number|undefined} newest */
export function useDestinations(conversationId, newest) {
  const [destinations, setDestinations] = useState(/** @type {Destination[]|null} */ (null));
  const [failed, setFailed] = useState(false);
  const [turn, setTurn] = useState(0);
  // a merge brings other addresses; what is first heard of either is no change
  const version = useChanged(customer(shownCustomer.value)?.version);
  const wrote = useChanged(newest);
  const ways = useChanged(channelsAre.value);
  useEffect(() => {
    const stop = new AbortController();
    get(`/api/conversations/${conversationId}/destinations`, stop.signal)
      .then(({ items }) => {
        setDestinations((held) => (held && hasDraft(conversationId) ? sameDefault(items, held) : items));
        setFailed(false);
      })
      .catch(() => stop.signal.aborted || setFailed(true));
    return () => stop.abort();
  }, [conversationId, turn, version, wrote, ways]);
  return { destinations, failed, reload: () => setTurn(turn + 1) };
}

/** Null until the value is another than the first one. @param {number|string|undefined} value */
function useChanged(value) {
  const first = useRef(value);
  first.current ??= value;
  return value === first.current ? null : value;
}

/** @param {Destination[]} next @param {Destination[]} held */
function sameDefault(next, held) {
  const before = chosenDestination(held, null);
  const same = (/** @type {Destination} */ it) => it.identity_id === before?.identity_id && it.channel_id === before.channel_id;
  return next.some(same) ? next.map((it) => ({ ...it, default: same(it) })) : next;
}

/** What the agent chose, else the hub's default, else the first that works. It never changes behind the agent's back:
 * a chosen address that is gone leaves no choice at all.
 * @param {Destination[]|null} all @param {{identity_id: number, channel_id: number}|null} wanted @returns {Destination|null} */
export function chosenDestination(all, wanted) {
  if (!all) return null;
  if (wanted) return all.find((it) => it.identity_id === wanted.identity_id && it.channel_id === wanted.channel_id) ?? null;
  return all.find((it) => it.default) ?? all.find((it) => it.usable) ?? all[0] ?? null;
}

/** "Email", "SMS"; a kind without words here shows its code. @param {string} kind */
export const kindWords = (kind) => (hasWords(`channel-kind-${kind}`) ? t(`channel-kind-${kind}`) : kind);

/** What the way there is called: by its channel, or by its address where the channel has no words. @param {Destination} it */
const wayWords = (it) => (hasWords(`channel-kind-${it.channel_kind}`) ? t(`channel-kind-${it.channel_kind}`) : kindWords(it.kind));

/**
 * The address in plain sight, and the choice of another one.
 * @param {{destinations: Destination[]|null, chosen: Destination|null, failed: boolean, onReload: () => void, onChoose: (it: Destination) => void}} props
 */
export function Destination({ destinations, chosen, failed, onReload, onChoose }) {
  if (failed) return html`<p class="composer-to"><span class="danger-text">${t("destinations-failed")}</span>
    <button type="button" class="entry-tool" onClick=${onReload}>${t("try-again")}</button></p>`;
  if (!destinations) return html`<p class="composer-to"><span class="skeleton-inline"></span></p>`;
  const items = destinations.map((it) => ({
    label: it.name ? `${it.name} · ${shownAs(it.address)}` : shownAs(it.address),
    detail: it.usable ? t("destination-from", { from: it.from }) : (it.reason ?? t("destination-unusable")),
    before: html`<${ChannelMark} kind=${it.channel_kind} behind=${it.kind} size=${16} />`,
    checked: it === chosen,
    disabled: !it.usable,
    onSelect: () => onChoose(it),
  }));
  return html`
    <${Menu} label=${t("destination-choose")} items=${items} side="above" empty=${t("destination-none")} openSignal=${destinationsOpen}
      class="destinations"
      trigger=${(/** @type {any} */ { elementRef, ...attributes }) => html`
        <button ref=${elementRef} type="button" ...${attributes} class="composer-to destination" data-tip=${t("destination-choose")}>
          ${chosen
            ? html`<span class="faint">${t("to")}</span>
                <strong class="truncate" dir="auto">${chosen.name || shownAs(chosen.address)}</strong>
                <span class="destination-via"><span class="faint">${t("via", { kind: wayWords(chosen) })}</span>
                  <${ChannelMark} kind=${chosen.channel_kind} behind=${chosen.kind} /></span>
                ${chosen.name && html`<span class="destination-address" dir="auto">${shownAs(chosen.address)}</span>`}
                <span class="destination-from truncate faint">${t("from", { from: chosen.from })}</span>
                ${!chosen.usable && html`<span class="danger-text"><${Icon} name="circle-alert" size=${14} />${chosen.reason}</span>`}`
            : html`<span class="danger-text"><${Icon} name="circle-alert" size=${14} />
              ${t(destinations.length ? "destination-choose" : "destination-none")}</span>`}
          <${Icon} name="chevron-down" size=${14} />
        </button>`} />
  `;
}
