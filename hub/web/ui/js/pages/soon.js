/** What the first picture of an agent's day does not show, and the next key may ask for: one part, fetched once the list stands. */
export { BulkBar } from "./desk/bulkbar.js";
export { CustomerPane } from "./desk/customer.js";
export { Dialogs } from "./desk/dialogs.js";
export { FilterBar } from "./desk/filterbar.js";
export { TimelinePane } from "./desk/timeline.js";
export { UntilDialog } from "./desk/untildialog.js";
export { editView, ViewDialog } from "./desk/viewdialog.js";
export { openPalette, Palette } from "./shell/palette.js";
export { openProfile, Profile } from "./shell/profile.js";
export { openSheet, ShortcutSheet } from "./shell/shortcuts.js";
