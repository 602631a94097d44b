import { say } from "./components/toast.js";
import { t } from "./words.js";

/** When the page was last loaded again, and whether that is still to be said. */
const AT = "renewed-at";
const UNSAID = "renewed-unsaid";
/** Sooner than this it would not help: then the part that is missing says so in its place. */
const PAUSE = 60_000;

/** The hub was upgraded under the open page, and a part that the page fetches only now is of the new version. */
addEventListener("outdated", (event) => {
  if (Date.now() - Number(sessionStorage.getItem(AT)) < PAUSE) return;
  event.preventDefault();
  sessionStorage.setItem(AT, String(Date.now()));
  sessionStorage.setItem(UNSAID, "yes");
  location.reload();
});

/** After it was loaded again: why, and that the last step is to be done once more. */
export function sayRenewed() {
  if (!sessionStorage.getItem(UNSAID)) return;
  sessionStorage.removeItem(UNSAID);
  say({ text: t("renewed") }, 15_000);
}
