import { computed, signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "../../../components/button.js";
import { Icon } from "../../../components/icon.js";
import { KeyHint } from "../../../components/keyhint.js";
import { Menu } from "../../../components/menu.js";
import { say } from "../../../components/toast.js";
import { classes, html } from "../../../html.js";
import { soon } from "../../../soon.js";
import { agents, me } from "../../../state/session.js";
import { changeView, COUNTED, createView, isSaved, mayChange, moveView, removeView, views } from "../../../state/views.js";
import { t } from "../../../words.js";
import { chooseView, view, viewName } from "../choice.js";
import { filterOpen, viewsOpen } from "../commands.js";
import { viewIcon } from "../viewicons.js";
import { sayProblem } from "../work.js";

/** @typedef {import("../../../types.js").View} View */

/** From this width on the views have a column of their own, unless it was folded away. */
const wide = matchMedia("(min-width: 1600px)");
const isWide = signal(wide.matches);
wide.addEventListener("change", () => (isWide.value = wide.matches));
const folded = signal(localStorage.getItem("views-folded") === "yes");
export const columnShown = computed(() => isWide.value && !folded.value);
/** @param {boolean} away */
function fold(away) {
  folded.value = away;
  localStorage.setItem("views-folded", away ? "yes" : "no");
}

/** The column of a wide screen. */
export function ViewsPane() {
  const self = useRef(/** @type {HTMLElement|null} */ (null));
  const wished = columnShown.value && viewsOpen.value;
  useEffect(() => {
    if (!wished) return;
    viewsOpen.value = false;
    /** @type {HTMLElement|null} */ (self.current?.querySelector('[aria-current="true"]'))?.focus();
  }, [wished]);
  if (!columnShown.value) return null;
  return html`<nav ref=${self} class="pane views-pane" aria-label=${t("views")}>
    <div class="pane-head"><h2>${t("views")}</h2><${Button} kind="quiet" size="small" icon="panel-left" class="push" tip=${t("views-fold")} onClick=${() => fold(true)} /></div>
    <${ViewsPanel} /></nav>`;
}

/** Every view with how much is in it. Arrow keys move; with Alt they move the view itself. `focus`: where it opens, the
 * view that is shown has the focus. @param {{onChosen?: () => void, focus?: boolean}} props */
export function ViewsPanel({ onChosen, focus }) {
  const self = useRef(/** @type {HTMLElement|null} */ (null));
  const dragged = useRef(/** @type {string|null} */ (null));
  const choose = (/** @type {View} */ it) => {
    chooseView(it.id);
    onChosen?.();
  };
  const movable = views.value.filter(mayChange).map((it) => it.id);
  const move = (/** @type {View} */ it, /** @type {number} */ to) => void moveView(it.id, to).catch(sayProblem);
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const buttons = /** @type {HTMLElement[]} */ ([...(self.current?.querySelectorAll("[data-view]") ?? [])]);
    const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const digit = /^[1-9]$/.test(event.key) ? views.peek()[Number(event.key) - 1] : undefined;
    if (digit && onChosen && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      choose(digit);
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || at < 0) return;
    event.preventDefault();
    const place = movable.indexOf(buttons[at].dataset.view ?? "");
    if (event.altKey && place >= 0) void moveView(movable[place], place + step).catch(sayProblem);
    else buttons[(at + step + buttons.length) % buttons.length].focus();
  };
  const groups = /** @type {[string, View[]][]} */ ([
    ["", views.value.filter((it) => !isSaved(it) && !it.id.startsWith("team:"))],
    ["teams", views.value.filter((it) => it.id.startsWith("team:"))],
    ["views-saved", views.value.filter((it) => isSaved(it) && it.owner_id === me.value?.id)],
    ["views-shared", views.value.filter((it) => isSaved(it) && it.owner_id !== me.value?.id)],
  ]);
  const keyOf = (/** @type {View} */ it) => {
    const at = views.value.indexOf(it);
    return at < 9 ? String(at + 1) : null;
  };
  return html`
    <div ref=${self} class="views" onKeyDown=${onKeyDown}>
      ${groups.filter(([, items]) => items.length).map(([title, items]) => html`
        <div key=${title} role="group" aria-label=${title ? t(title) : t("views")}>
          ${title && html`<p class="menu-heading" aria-hidden="true">${t(title)}</p>`}
          ${items.map((it) => html`<div key=${it.id} class="view-line" draggable=${movable.includes(it.id)}
            onDragStart=${() => (dragged.current = it.id)} onDragOver=${(/** @type {Event} */ event) => movable.includes(it.id) && event.preventDefault()}
            onDrop=${() => dragged.current && void moveView(dragged.current, movable.indexOf(it.id)).catch(sayProblem)}>
            <button type="button" class=${classes("view", it.id === view.value.id && "here")} data-view=${it.id} aria-current=${it.id === view.value.id ? "true" : undefined}
              autofocus=${Boolean(focus) && it.id === view.value.id}
              onClick=${() => choose(it)}>
              <${Icon} name=${viewIcon(it)} size=${15} /><span class="truncate view-name" dir="auto">${viewName(it)}</span>
              ${isSaved(it) && it.shared && html`<span class="view-shared" data-tip=${sharedBy(it)}><${Icon} name="users-round" size=${12} label=${sharedBy(it)} /></span>`}
              ${onChosen && keyOf(it) && html`<${KeyHint} keys=${/** @type {string} */ (keyOf(it))} />`}
              <span class="view-count number">${it.count ? (it.count >= COUNTED ? `${COUNTED - 1}+` : it.count) : ""}</span>
            </button>
            ${mayChange(it) && html`<${ViewMenu} it=${it} place=${movable.indexOf(it.id)} last=${movable.length - 1} move=${move} />`}
          </div>`)}
        </div>`)}
      <div class="row"><${Button} kind="quiet" size="small" icon="plus" onClick=${() => (onChosen?.(), (filterOpen.value = true))}>${t("view-new")}<//>
        ${onChosen && isWide.value && html`<${Button} kind="quiet" size="small" icon="panel-left" class="push" tip=${t("views-unfold")}
          onClick=${() => (onChosen(), fold(false))} />`}</div>
    </div>
  `;
}

/** @param {View} it */
const sharedBy = (it) => (it.owner_id === null || it.owner_id === me.value?.id ? t("view-shared") : t("view-shared-by", { name: agents.value.get(it.owner_id)?.name ?? "" }));

/** @param {{it: View, place: number, last: number, move: (it: View, to: number) => void}} props */
function ViewMenu({ it, place, last, move }) {
  const remove = async () => {
    try {
      await removeView(it);
      const again = () => createView(it).catch(sayProblem);
      say({ text: t("view-removed", { name: it.name }), action: { label: t("undo"), run: () => void again() } });
    } catch (problem) {
      sayProblem(problem);
    }
  };
  const items = [
    { label: t("view-edit"), icon: "pencil", onSelect: () => void soon().then(({ editView }) => editView(it), sayProblem) },
    { label: t(it.shared ? "view-unshare" : "view-share"), icon: it.shared ? "lock" : "users-round", onSelect: () => void changeView(it.id, { shared: !it.shared }).catch(sayProblem) },
    { label: t("move-up"), icon: "arrow-up", disabled: place <= 0, onSelect: () => move(it, place - 1) },
    { label: t("move-down"), icon: "arrow-down", disabled: place >= last, onSelect: () => move(it, place + 1) },
    { divider: true, label: "" },
    { label: t("view-remove"), icon: "trash-2", danger: true, onSelect: () => void remove() },
  ];
  const label = t("actions-for", { name: it.name });
  return html`<${Menu} label=${label} items=${items} align="end" trigger=${(/** @type {any} */ a) => html`<${Button} ...${a} kind="quiet" size="small"
    icon="ellipsis" class="view-more" tip=${label} />`} />`;
}
