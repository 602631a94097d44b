import { loadFields } from "./fields.js";
import { loadLabels } from "./labels.js";
import { loadTeams } from "./teams.js";
import { loadViews } from "./views.js";

/** What administrators and agents have set up: small sets, read whole, and again when the hub says that one changed. */
export const loadDefinitions = () => Promise.all([loadLabels(), loadTeams(), loadFields(), loadViews()]);
