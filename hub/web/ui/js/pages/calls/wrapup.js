import { useId, useState } from "preact/hooks";
import { Button } from "../../components/button.js";
import { classes, html } from "../../html.js";
import { changeCallback, queues } from "../../state/callbacks.js";
import { noteCall } from "../../state/calls.js";
import { t } from "../../words.js";
import { sayProblem } from "../desk/commands.js";

/** The outcomes to choose from: those of the queues, else the usual ones. */
function dispositions() {
  const all = [...new Set(queues.value.flatMap((it) => it.dispositions))];
  return all.length ? all : ["solved", "later", "unreached", "wrong"].map((it) => t(`disposition-${it}`));
}

/** The callback that the call was made for ends with it. @param {number} id @param {{disposition: string, notes: string}} outcome */
async function finish(id, outcome) {
  try {
    await changeCallback(id, { ...outcome, state: "done" });
  } catch (problem) {
    // it has ended by itself in the meantime; the call keeps what was written
    if (/** @type {any} */ (problem).status !== 409) throw problem;
  }
}

/** How a call ended, in a word of the list or one's own, and notes.
 * @param {{callId: number, callbackId?: number|null, disposition: string, notes: string, onDone: () => void, onCancel?: () => void, cancelWords?: string}} props */
export function WrapUp({ callId, callbackId, disposition, notes, onDone, onCancel, cancelWords }) {
  const id = useId();
  const all = dispositions();
  const [form, setForm] = useState({ disposition, notes });
  const [busy, setBusy] = useState(false);
  const [words, setWords] = useState(false);
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setBusy(true);
    try {
      const outcome = { disposition: form.disposition.trim(), notes: form.notes.trim() };
      await noteCall(callId, { ...outcome, wrapped_up: true });
      if (callbackId != null) await finish(callbackId, outcome);
      onDone();
    } catch (problem) {
      sayProblem(problem);
    } finally {
      setBusy(false);
    }
  };
  const set = (/** @type {'disposition'|'notes'} */ name) => (/** @type {any} */ event) => setForm((held) => ({ ...held, [name]: event.target.value }));
  const own = all.includes(form.disposition) ? "" : form.disposition;
  const folded = !words && !own && !form.notes;
  return html`
    <form class=${classes("wrap-up", folded && "wordless")} aria-label=${t("wrap-up")} onSubmit=${save}>
      <div class="wrap-up-choices" role="group" aria-label=${t("disposition")}>
        ${all.map((it) => html`<button key=${it} type="button" class="wrap-up-choice" aria-pressed=${String(form.disposition === it)}
          onClick=${() => setForm((held) => ({ ...held, disposition: held.disposition === it ? "" : it }))}>${it}</button>`)}
      </div>
      <${Button} kind="quiet" icon="pencil" class="wrap-up-words" tip=${t("wrap-up-words")} aria-expanded=${String(!folded)} onClick=${() => setWords(folded)} />
      <label class="visually-hidden" for=${`${id}-own`}>${t("disposition-own")}</label>
      <input id=${`${id}-own`} class="input" type="text" maxlength="100" placeholder=${t("disposition-own")} autocomplete="off"
        value=${own} onInput=${set("disposition")} />
      <label class="visually-hidden" for=${`${id}-notes`}>${t("call-notes")}</label>
      <textarea id=${`${id}-notes`} class="input" rows="2" placeholder=${t("call-notes")} value=${form.notes} onInput=${set("notes")}></textarea>
      <div class="wrap-up-foot">
        ${onCancel && html`<${Button} size="small" kind="quiet" onClick=${onCancel}>${cancelWords ?? t("cancel")}<//>`}
        <${Button} size="small" kind="primary" type="submit" busy=${busy}
          disabled=${!form.disposition.trim() && !form.notes.trim()}>${t("save")}<//>
      </div>
    </form>
  `;
}
