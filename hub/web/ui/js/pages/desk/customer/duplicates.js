import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { get, withQuery } from "../../../api.js";
import { Avatar } from "../../../components/avatar.js";
import { Button } from "../../../components/button.js";
import { Dialog } from "../../../components/dialog.js";
import { TextField } from "../../../components/field.js";
import { Icon } from "../../../components/icon.js";
import { say } from "../../../components/toast.js";
import { ago, full } from "../../../format.js";
import { html } from "../../../html.js";
import { addressOf } from "../../../naming.js";
import { dismissSuggestion, merge, undoMerge } from "../../../state/customers.js";
import { hasWords, t } from "../../../words.js";
import { sayProblem } from "../commands.js";
import { Section } from "./section.js";

/** @typedef {import("../../../types.js").Customer} Customer */

/** Who is probably the same person. @param {{it: Customer}} props */
export const Duplicates = ({ it }) =>
  it.suggestions.length === 0 ? null : html`<${Section} name="duplicates" title=${t("suggestions")} count=${it.suggestions.length}>
    ${it.suggestions.map((one) => html`<${Suggestion} key=${one.customer.id} it=${it} suggestion=${one} />`)}<//>`;

/** Why, and both answers. @param {{it: Customer, suggestion: Customer['suggestions'][number]}} props */
function Suggestion({ it, suggestion }) {
  const [busy, setBusy] = useState(false);
  const other = suggestion.customer;
  const run = async (/** @type {() => Promise<any>} */ action) => {
    setBusy(true);
    try {
      await action();
    } catch (problem) {
      sayProblem(problem);
    } finally {
      setBusy(false);
    }
  };
  const id = `reason-${suggestion.reason.replaceAll("_", "-")}`;
  const why = hasWords(id) ? t(id) : suggestion.reason.replaceAll("_", " ");
  const name = nameOf(other);
  return html`
    <div class="suggestion">
      <a class="suggestion-who" href=${`/c/${other.id}`}><${Avatar} name=${name || "?"} size="small" /><span class="menu-text">
        <span class="truncate strong" dir="auto">${name}</span><span class="menu-detail">${other.identities.map((i) => addressOf(i)).join(" · ")}</span></span></a>
      <p class="suggestion-why"><${Icon} name="info" size=${12} />${why}${suggestion.detail ? html`<span class="muted">${suggestion.detail}</span>` : null}</p>
      <div class="row row-wrap"><${Button} size="small" icon="git-merge" busy=${busy} onClick=${() => run(() => mergeWithUndo(it, other))}>${t("merge")}<//>
        <${Button} size="small" kind="quiet" disabled=${busy} onClick=${() => run(() => dismissSuggestion(it.id, other.id))}>${t("not-same")}<//></div>
    </div>
  `;
}

/** @typedef {{id: number, name: string, identities: import("../../../types.js").Identity[]}} Person */

/** @param {Person} it */
const nameOf = (it) => it.name || (it.identities[0] ? addressOf(it.identities[0]) : `#${it.id}`);

/** Of two the one with a name stays: a number alone is folded into who it belongs to. @param {Person} it @param {Person} other */
async function mergeWithUndo(it, other) {
  const [into, from] = !it.name && other.name ? [other, it] : [it, other];
  const merged = await merge(into.id, from.id);
  const entry = merged.merges.find((m) => m.other.id === from.id && m.undoable);
  const undo = async () => {
    if (!entry) return;
    try {
      await undoMerge(into.id, entry.id);
      say({ text: t("unmerged-toast", { name: nameOf(other) }) });
    } catch (problem) {
      sayProblem(problem);
    }
  };
  say({ text: t("merged-toast", { name: nameOf(other) }), ...(entry ? { action: { label: t("undo"), run: () => void undo() } } : {}) });
}

/** Who was folded in, each with the way back, and the way to fold in another. @param {{it: Customer}} props */
export function Merges({ it }) {
  const [merging, setMerging] = useState(false);
  return html`
    ${it.merges.length > 0 && html`<${Section} name="merges" title=${t("merges")} count=${it.merges.filter((m) => m.undoable).length}>
      <ul class="merges">${it.merges.map((m) => html`<${MergeLine} key=${m.id} it=${it} merge=${m} />`)}</ul><//>`}
    <div class="side-actions"><${Button} kind="quiet" size="small" icon="git-merge" onClick=${() => setMerging(true)}>${t("merge-with")}<//></div>
    <${MergeDialog} it=${it} open=${merging} onClose=${() => setMerging(false)} />
  `;
}

/** @param {{it: Customer, merge: Customer['merges'][number]}} props */
function MergeLine({ it, merge: m }) {
  const [busy, setBusy] = useState(false);
  const undo = () => {
    setBusy(true);
    undoMerge(it.id, m.id)
      .then(() => say({ text: t("unmerged-toast", { name: m.other.name }) }))
      .catch(sayProblem)
      .finally(() => setBusy(false));
  };
  return html`<li class="merge-line"><${Icon} name="git-merge" size=${14} /><span class="grow"><span class="aligned" dir="auto">
    ${t("merged-from", { name: m.other.name || `#${m.other.id}` })}</span><span class="faint tiny" data-tip=${full(m.at)}>
    ${m.undoable ? "" : `${t("merge-undone")} · `}${ago(m.at)}${m.by ? ` · ${m.by.name}` : ""}</span></span>
    ${m.undoable && html`<${Button} size="small" kind="quiet" icon="undo-2" busy=${busy} onClick=${undo}>${t("undo")}<//>`}</li>`;
}

/** Find the other one and fold it into this one. @param {{it: Customer, open: boolean, onClose: () => void}} props */
function MergeDialog({ it, open, onClose }) {
  const [query, setQuery] = useState("");
  const [found, setFound] = useState(/** @type {any[]} */ ([]));
  const [chosen, setChosen] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  useLayoutEffect(() => {
    setQuery("");
    setChosen(null);
  }, [open]);
  useEffect(() => {
    if (!query.trim()) return setFound([]);
    const stop = new AbortController();
    const timer = setTimeout(() => get(withQuery("/api/customers", { query: query.trim(), limit: 10 }), stop.signal).then(({ items }) => setFound(items.filter((/** @type {any} */ c) => c.id !== it.id))).catch(() => undefined), 150);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query]);
  const run = async () => {
    setBusy(true);
    try {
      await mergeWithUndo(it, chosen);
      onClose();
    } catch (problem) {
      sayProblem(problem);
    } finally {
      setBusy(false);
    }
  };
  return html`
    <${Dialog} open=${open} title=${t("merge-title", { name: nameOf(it) })} closeLabel=${t("close")} onClose=${onClose}
      footer=${html`<${Button} onClick=${onClose}>${t("cancel")}<//>
        <${Button} kind="primary" icon="git-merge" busy=${busy} disabled=${!chosen} onClick=${run}>${t("merge")}<//>`}>
      <p class="muted">${t("merge-text")}</p>
      <${TextField} label=${t("merge-search")} value=${query} onValue=${(/** @type {string} */ v) => (setQuery(v), setChosen(null))} autocomplete="off" />
      <div class="choices" role="radiogroup" aria-label=${t("customers")}>
        ${found.map((c) => html`<label key=${c.id} class="choice">
          <input type="radio" name="other" checked=${chosen?.id === c.id} onChange=${() => setChosen(c)} />
          <${Avatar} name=${c.name || "?"} size="small" /><span class="menu-text"><span class="truncate" dir="auto">${nameOf(c)}</span>
          <span class="menu-detail">${c.identities.map((/** @type {any} */ i) => addressOf(i)).join(" · ")}</span></span></label>`)}
        ${query.trim() && found.length === 0 && html`<p class="menu-empty">${t("search-nothing", { query: query.trim() })}</p>`}
      </div>
    <//>
  `;
}
