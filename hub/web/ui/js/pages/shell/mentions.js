import { Icon } from "../../components/icon.js";
import { Menu } from "../../components/menu.js";
import { say } from "../../components/toast.js";
import { ago } from "../../format.js";
import { html } from "../../html.js";
import { viewing } from "../../live.js";
import { go } from "../../router.js";
import { mentionListeners, mentions, mentionsSeen } from "../../state/mentions.js";
import { t } from "../../words.js";

/** @typedef {import("../../types.js").Mention} Mention */

/** @param {Mention} it */
const show = (it) => go(`/conversations/${it.conversation_id}`);

mentionListeners.add((it) => {
  if (viewing.peek().conversation_id === it.conversation_id) return;
  say({ text: t("mention-toast", { name: it.by?.name ?? "", text: it.text.replace(/\s+/g, " ").slice(0, 90) }), action: { label: t("show"), run: () => show(it) } }, 12_000);
});

/** The notes that name me, in the rail, while there are some. */
export function MentionsMenu() {
  const all = mentions.value;
  if (!all.length) return null;
  const items = [
    ...all.map((it) => ({
      label: t("mention-of", { name: it.by?.name ?? "", customer: it.customer }),
      detail: `${ago(it.at)} · ${it.text.replace(/\s+/g, " ")}`,
      icon: "at-sign",
      onSelect: () => show(it),
    })),
    { divider: true, label: "" },
    { label: t("mentions-all-seen"), icon: "check-check", onSelect: () => void Promise.all([...new Set(all.map((it) => it.conversation_id))].map(mentionsSeen)) },
  ];
  return html`<${Menu} label=${t("mentions")} items=${items} class="mentions-menu" trigger=${(/** @type {any} */ { elementRef, ...attributes }) => html`
    <button ref=${elementRef} type="button" class="rail-item" ...${attributes} aria-label=${t("mentions-n", { n: all.length })} data-tip=${t("mentions-n", { n: all.length })}>
      <${Icon} name="at-sign" size=${20} /><span class="rail-label">${t("mentions")}</span><span class="rail-count number">${all.length}</span></button>`} />`;
}
