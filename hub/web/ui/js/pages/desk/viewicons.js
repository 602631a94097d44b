const BUILT_IN = /** @type {Record<string, string>} */ ({
  open: "inbox",
  mine: "circle-user",
  unassigned: "circle-dashed",
  resolved: "archive",
  snoozed: "alarm-clock",
  following: "eye",
});

/** What an agent may choose for a view. */
export const VIEW_ICONS = ["layers", "star", "flag", "bookmark", "tag", "hourglass", "shield-alert", "users", "headset", "store", "megaphone", "phone"];

/** The drawing of a view. @param {import("../../types.js").View} it */
export const viewIcon = (it) => BUILT_IN[it.id] ?? (it.id.startsWith("team:") ? "users" : it.icon && VIEW_ICONS.includes(it.icon) ? it.icon : "layers");
