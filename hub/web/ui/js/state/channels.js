import { computed, signal } from "@preact/signals";
import { get } from "../api.js";
import { inTurn } from "./inturn.js";

/** @typedef {import("../types.js").Channel} Channel */

/** @type {import("@preact/signals").Signal<Map<number, Channel>|null>} */
export const channels = signal(null);
export const channelList = computed(() =>
  [...(channels.value?.values() ?? [])].filter((it) => it.state !== "archived").sort((a, b) => a.name.localeCompare(b.name)),
);
/** Another when the way out by one of them may be: it was paused, set up otherwise, renamed. Undefined until they are known. */
export const channelsAre = computed(() => channels.value && [...channels.value.values()].map((it) => `${it.id} ${it.version} ${it.state} ${it.name}`).join("\n") || undefined);
/** What an administrator must know on any page: channels that do not work, and what is held. */
export const troubled = computed(() => channelList.value.filter((it) => ["down", "degraded"].includes(it.health.state)).length);
export const held = computed(() => channelList.value.reduce((sum, it) => sum + it.health.quarantined, 0));

/** What each kind of channel is called and reaches, for administrators. @type {import("@preact/signals").Signal<Map<string, import("../types.js").Connector>>} */
export const connectors = signal(new Map());

export async function loadConnectors() {
  const { items } = await get("/api/connectors");
  connectors.value = new Map(items.map((/** @type {import("../types.js").Connector} */ it) => [it.kind, it]));
}

export const loadChannels = inTurn(async () => {
  const { items } = await get("/api/channels");
  channels.value = new Map(items.map((/** @type {Channel} */ it) => [it.id, it]));
});

/** An event says how it does, not how it is set up and what it offers: that is read again when it changed.
 * @param {Pick<Channel, 'id'|'version'|'kind'|'name'|'state'|'health'>} change @returns {boolean} whether it has another name now */
export function upsertChannel(change) {
  loadChannels.overtaken();
  const all = channels.peek();
  const known = all?.get(change.id);
  if (!all || (known && change.version < known.version)) return false;
  const next = new Map(all);
  if (change.state === "archived") next.delete(change.id);
  else if (known) next.set(change.id, { ...known, ...change });
  channels.value = next;
  if (change.state !== "archived" && known?.version !== change.version) void loadChannels().catch(() => undefined);
  return known !== undefined && known.name !== change.name;
}
