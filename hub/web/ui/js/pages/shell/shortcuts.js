import { signal } from "@preact/signals";
import { Dialog } from "../../components/dialog.js";
import { KeyHint } from "../../components/keyhint.js";
import { html } from "../../html.js";
import { t } from "../../words.js";

const open = signal(false);
export const openSheet = () => void (open.value = true);

const GROUPS = /** @type {[string, [string[], string][]][]} */ ([
  ["keys-move", [[["j"], "key-next"], [["k"], "key-previous"], [["/"], "key-search"], [["1", "2", "3", "4"], "key-views"], [["Escape"], "key-escape"]]],
  ["keys-answer", [[["r"], "key-reply"], [["n"], "key-note"], [["mod+Enter"], "key-send"], [["mod+shift+Enter"], "key-send-resolve"], [["c"], "key-new"]]],
  ["keys-work", [[["e"], "key-resolve"], [["a"], "key-assign"], [["m"], "key-mine"], [["?"], "key-help"]]],
]);

/** Every command and its key. */
export const ShortcutSheet = () => html`
  <${Dialog} open=${open.value} wide title=${t("shortcuts")} closeLabel=${t("close")} onClose=${() => (open.value = false)}>
    <div class="shortcut-groups">
      ${GROUPS.map(([title, rows]) => html`<section key=${title}><h3>${t(title)}</h3><dl>
        ${rows.map(([keys, label]) => html`<div key=${label}><dt>${t(label)}</dt><dd>
        ${keys.map((k) => html`<${KeyHint} key=${k} keys=${k} />`)}</dd></div>`)}</dl></section>`)}
    </div>
  <//>
`;
