import { computed, signal } from "@preact/signals";
import { get } from "../api.js";

/** @typedef {import("../types.js").Channel} Channel */

/** @type {import("@preact/signals").Signal<Map<number, Channel>|null>} */
export const channels = signal(null);
export const channelList = computed(() =>
  [...(channels.value?.values() ?? [])].filter((it) => it.state !== "archived").sort((a, b) => a.name.localeCompare(b.name)),
);
/** What an agent must know on any page: a channel that does not work. */
export const channelsInTrouble = computed(() => channelList.value.filter((it) => ["down", "degraded"].includes(it.health.state)));

/** What each kind of channel is called and reaches, for administrators. @type {import("@preact/signals").Signal<Map<string, import("../types.js").Connector>>} */
export const connectors = signal(new Map());

export async function loadConnectors() {
  const { items } = await get("/api/connectors");
  connectors.value = new Map(items.map((/** @type {import("../types.js").Connector} */ it) => [it.kind, it]));
}

export async function loadChannels() {
  const { items } = await get("/api/channels");
  channels.value = new Map(items.map((/** @type {Channel} */ it) => [it.id, it]));
}

/** @param {Partial<Channel> & {id: number}} change */
export function upsertChannel(change) {
  const held = channels.peek();
  if (!held) return;
  const known = held.get(change.id);
  const next = /** @type {Channel} */ ({ ...known, ...change });
  if (known || next.settings) channels.value = new Map(held).set(change.id, next);
}
