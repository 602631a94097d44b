import { computed, signal } from "@preact/signals";
import { get } from "../api.js";

/** @typedef {import("../types.js").Channel} Channel */

/** @type {import("@preact/signals").Signal<Map<number, Channel>|null>} */
export const channels = signal(null);
export const channelList = computed(() =>
  [...(channels.value?.values() ?? [])].filter((it) => it.state !== "archived").sort((a, b) => a.name.localeCompare(b.name)),
);
/** What an administrator must know on any page: channels that do not work, and what is held. */
export const troubled = computed(() => channelList.value.filter((it) => ["down", "degraded"].includes(it.health.state)).length);
export const held = computed(() => channelList.value.reduce((sum, it) => sum + it.health.quarantined, 0));

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
  const all = channels.peek();
  if (!all) return;
  const known = all.get(change.id);
  if (known && change.version !== undefined && change.version < known.version) return;
  const next = /** @type {Channel} */ ({ ...known, ...change });
  if (known || next.settings) channels.value = new Map(all).set(change.id, next);
}
