import { signal } from "@preact/signals";
import { loadFields } from "./fields.js";
import { loadLabels } from "./labels.js";
import { loadTeams } from "./teams.js";
import { loadViews } from "./views.js";

/** What administrators and agents have set up: small sets, read whole, and again when the hub says that one changed. */
export const loadDefinitions = () => Promise.all([loadLabels(), loadTeams(), loadFields(), loadViews()]);

/** Rises when one of them changed, for what follows from them and is read for itself. */
export const definitionsStirred = signal(0);
