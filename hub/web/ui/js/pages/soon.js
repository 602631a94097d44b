/** What the first picture of an agent's day does not show, and the next key may ask for: one part, fetched once the list stands. */
export { BulkBar } from "./desk/list/bulkbar.js";
export { CustomerPane } from "./desk/customer/customer.js";
export { Dialogs } from "./desk/dialogs/dialogs.js";
export { FilterBar } from "./desk/filter/bar.js";
export { TimelinePane } from "./desk/timeline/timeline.js";
export { UntilDialog } from "./desk/dialogs/until.js";
export { editView, ViewDialog } from "./desk/views/dialog.js";
export { openPalette, Palette } from "./shell/palette.js";
export { openProfile, Profile } from "./shell/profile.js";
export { openSheet, ShortcutSheet } from "./shell/shortcuts.js";
