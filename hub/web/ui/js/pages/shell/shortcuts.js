import { signal } from "@preact/signals";
import { offered } from "../../actions.js";
import { Dialog } from "../../components/dialog.js";
import { KeyHint } from "../../components/keyhint.js";
import { html } from "../../html.js";
import { t } from "../../words.js";

const open = signal(false);
export const openSheet = () => void (open.value = true);

/** Keys that belong to a place on the page and not to an action. @returns {{group: string, label: string, keys: string[]}[]} */
const fixed = () => [
  { group: t("group-answer"), label: t("key-send"), keys: ["mod+Enter"] },
  { group: t("group-answer"), label: t("key-send-resolve"), keys: ["mod+shift+Enter"] },
];

/** Every action that has a key, as the pages offer it now. */
export function ShortcutSheet() {
  if (!open.value) return null;
  const lines = [...offered(), ...fixed()].filter((it) => it.keys?.length);
  const groups = [...new Set(lines.map((it) => it.group))];
  return html`
    <${Dialog} open wide title=${t("shortcuts")} closeLabel=${t("close")} onClose=${() => (open.value = false)}>
      <div class="shortcut-groups">
        ${groups.map((group) => html`<section key=${group}><h3>${group}</h3><dl>
          ${lines.filter((it) => it.group === group).map((it) => html`<div key=${it.label}><dt>${it.label}</dt><dd>
          ${it.keys?.map((keys) => html`<${KeyHint} key=${keys} keys=${keys} />`)}</dd></div>`)}</dl></section>`)}
      </div>
    <//>
  `;
}
