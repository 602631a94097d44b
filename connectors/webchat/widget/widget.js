// The one script tag of a host page: the launcher, the frame, and the host's side of the bridge. It needs `script-src` and
// `frame-src` for the hub and nothing else: styles go through the CSSOM, and what must be remembered is kept here, in the
// host page's own storage, because a browser may refuse storage to a frame of another site.
(() => {
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript)
  const early = window.Allways
  if (!script || early?.unread) return
  const base = new URL(".", script.src)
  const prefix = `allways:${base.host}${base.pathname}:`
  const { language, position, colour, theme } = script.dataset
  const SVG = "http://www.w3.org/2000/svg"
  const NARROW = matchMedia("(max-width: 520px)")

  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`
    :host { all: initial; --motion: 160ms; font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
    @media (prefers-reduced-motion: reduce) { :host { --motion: 0ms; } }
    button, iframe, .teaser { position: fixed; box-sizing: border-box; z-index: 2147483000; }
    button { font: inherit; border: 0; cursor: pointer; }
    button:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
    .launcher { inset-block-end: 20px; inset-inline-end: 20px; inline-size: 56px; block-size: 56px; border-radius: 50%; padding: 0;
      display: grid; place-items: center; color: var(--ink); background: var(--accent);
      box-shadow: 0 1px 3px rgb(0 0 0 / .16), 0 8px 24px rgb(0 0 0 / .18); transition: transform var(--motion), box-shadow var(--motion); }
    .launcher:hover { transform: scale(1.05); box-shadow: 0 2px 4px rgb(0 0 0 / .18), 0 10px 30px rgb(0 0 0 / .24); }
    .launcher:active { transform: scale(.97); }
    .launcher svg { grid-area: 1 / 1; inline-size: 26px; block-size: 26px; transition: opacity var(--motion), transform var(--motion); }
    .launcher[aria-expanded="false"] .down, .launcher[aria-expanded="true"] .chat { opacity: 0; transform: scale(.5) rotate(20deg); }
    .badge { position: absolute; inset-block-start: -3px; inset-inline-end: -3px; min-inline-size: 20px; block-size: 20px; padding: 0 5px;
      box-sizing: border-box; border-radius: 10px; background: #c92a2a; color: #fff; font-size: 12px; font-weight: 600; line-height: 20px;
      text-align: center; font-variant-numeric: tabular-nums; box-shadow: 0 0 0 2px #fff; }
    iframe { inset-block-end: 88px; inset-inline-end: 20px; inline-size: 392px; block-size: min(680px, 100dvh - 108px); border: 0;
      border-radius: 16px; background: transparent; color-scheme: normal; visibility: hidden; opacity: 0; transform: translateY(10px) scale(.985);
      transform-origin: bottom right; box-shadow: 0 0 0 1px rgb(0 0 0 / .06), 0 4px 12px rgb(0 0 0 / .08), 0 18px 60px rgb(0 0 0 / .22);
      transition: opacity var(--motion), transform var(--motion), visibility 0s var(--motion); }
    .open iframe { visibility: visible; opacity: 1; transform: none; transition-delay: 0s; }
    .start .launcher, .start iframe, .start .teaser, .start .dismiss { inset-inline: 20px auto; }
    .teaser { inset-block-end: 92px; inset-inline-end: 20px; max-inline-size: min(300px, 100vw - 40px); padding: 12px 40px 12px 16px; text-align: start;
      border-radius: 14px; color: #1d2428; background: #fff; box-shadow: 0 0 0 1px rgb(0 0 0 / .06), 0 8px 30px rgb(0 0 0 / .18); cursor: pointer; }
    .teaser b { display: block; font-size: 12px; font-weight: 600; color: #56616a; }
    .teaser span { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; overflow-wrap: anywhere; }
    .dismiss { position: absolute; inset: 6px 6px auto auto; padding: 0; inline-size: 28px; block-size: 28px; border-radius: 50%; color: #56616a;
      background: none; font-size: 20px; line-height: 1; z-index: 1; }
    .teaser[dir="rtl"] .dismiss { inset: 6px auto auto 6px; } .teaser[dir="rtl"] { padding: 12px 16px 12px 40px; }
    .dismiss:hover { background: #eef0f2; }
    .dark .teaser { color: #e9ecee; background: #23292d; } .dark .teaser b, .dark .dismiss { color: #b3bcc2; } .dark .dismiss:hover { background: #343c41; }
    [hidden] { display: none !important; }
    @media (max-width: 520px) {
      .launcher { inset-block-end: 16px; } .open .launcher, .open .teaser { display: none; }
      iframe, .start iframe { inset: 0; inline-size: 100%; block-size: 100%; border-radius: 0; box-shadow: none; }
    }
    @media print { :host { display: none; } }`)

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
    element.append(...children)
    return element
  }
  const icon = (name, path) => {
    const svg = document.createElementNS(SVG, "svg")
    const line = document.createElementNS(SVG, "path")
    const set = (element, values) => Object.entries(values).forEach(([key, value]) => element.setAttribute(key, value))
    set(svg, { class: name, viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "aria-hidden": "true" })
    set(line, { d: path, "stroke-width": "2", "stroke-linecap": "round", "stroke-linejoin": "round" })
    svg.append(line)
    return svg
  }

  const badge = make("span", { class: "badge", hidden: "", "aria-hidden": "true" })
  const launcher = make(
    "button", { class: "launcher", type: "button", hidden: "", "aria-expanded": "false", "aria-label": "Chat" },
    icon("chat", "M21 11.5a8.4 8.4 0 0 1-8.5 8.3 8.7 8.7 0 0 1-3.8-.9L3 20.5l1.7-5A8.1 8.1 0 0 1 4 11.5a8.4 8.4 0 0 1 8.5-8.3A8.4 8.4 0 0 1 21 11.5Z"),
    icon("down", "m6 9 6 6 6-6"), badge,
  )
  const who = make("b"), what = make("span", { dir: "auto" })
  const dismiss = make("button", { class: "dismiss", type: "button" }, "×")
  const teaser = make("div", { class: "teaser", role: "status", hidden: "" }, who, what, dismiss)
  const frame = /** @type {HTMLIFrameElement} */ (make("iframe", { title: "Chat", tabindex: "-1" }))
  const root = make("div", { role: "region", "aria-label": "Chat" }, teaser, frame, launcher)
  const host = make("allways-chat")
  host.attachShadow({ mode: "open" }).append(root)
  host.shadowRoot.adoptedStyleSheets = [sheet]

  // What the frame asks us to remember. A full or forbidden storage costs the memory between pages, never the chat.
  const memory = {}
  const remember = (key, value) => {
    if (value === null) delete memory[key]
    else memory[key] = value
    try {
      if (value === null) localStorage.removeItem(prefix + key)
      else localStorage.setItem(prefix + key, value)
    } catch { /* private window or quota: `memory` has it */ }
  }
  const forget = () => Object.keys(recall()).forEach((key) => remember(key, null))
  const recall = () => {
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) memory[key.slice(prefix.length)] = localStorage[key]
    } catch { /* as above */ }
    return memory
  }

  const listeners = {}
  const waiting = []
  let jwt = "", attributes = null // said again to a frame that was loaded anew
  let ready = false, opened = false, unread = 0, greeted = false, tries = 0, overflow = ""
  const emit = (event, detail) => [...(listeners[event] ?? [])].forEach((listener) => {
    try { listener(detail) } catch (error) { setTimeout(() => { throw error }) }
  })
  const post = (type, data) => {
    if (greeted) frame.contentWindow?.postMessage({ allways: type, data }, base.origin)
    else waiting.push([type, data])
  }
  const show = (open) => {
    if (open === opened) return
    const back = host.shadowRoot.activeElement === frame
    opened = open
    root.classList.toggle("open", open)
    launcher.setAttribute("aria-expanded", String(open))
    label()
    teaser.hidden = true
    if (NARROW.matches || !open) {
      if (open) overflow = document.documentElement.style.overflow
      document.documentElement.style.overflow = open ? "hidden" : overflow
    }
    fit()
    post("shown", open)
    if (open) { frame.tabIndex = 0; frame.focus() } else { frame.tabIndex = -1; if (back) launcher.focus() }
    emit(open ? "open" : "close")
  }
  let words = { open: "Chat", close: "Chat", dismiss: "×", unread: "" }
  const label = () => launcher.setAttribute("aria-label", opened ? words.close : [words.open, words.unread].filter(Boolean).join(". "))
  // a phone's keyboard covers the page: the panel is as high as what can be seen
  const fit = () => {
    const view = window.visualViewport
    const narrow = opened && NARROW.matches && view
    frame.style.blockSize = narrow ? `${view.height}px` : ""
    frame.style.insetBlockStart = narrow ? `${view.offsetTop}px` : ""
  }
  window.visualViewport?.addEventListener("resize", fit)
  window.visualViewport?.addEventListener("scroll", fit)
  NARROW.addEventListener("change", fit)

  const from = {
    hello() {
      greeted = true
      tries = 0
      const page = { url: location.href, title: document.title, language: document.documentElement.lang }
      post("init", { store: recall(), options: { language, position, colour, theme }, page, shown: opened })
      if (jwt) post("identify", jwt)
      if (attributes) post("attributes", attributes)
      waiting.splice(0).forEach(([type, data]) => post(type, data))
    },
    store: ({ key, value }) => remember(String(key), value === null ? null : String(value)),
    forget,
    look(look) {
      words = { ...words, ...look.words }
      host.style.setProperty("--accent", look.accent)
      host.style.setProperty("--ink", look.ink)
      root.dir = getComputedStyle(document.documentElement).direction
      teaser.dir = look.dir
      root.classList.toggle("start", look.position === "start")
      root.classList.toggle("dark", look.dark)
      frame.title = words.title
      root.ariaLabel = words.title
      dismiss.setAttribute("aria-label", words.dismiss)
      launcher.hidden = false
      label()
    },
    unread({ count, text }) {
      words.unread = text
      badge.hidden = !count
      badge.textContent = count > 9 ? "9+" : String(count)
      label()
      if (count !== unread) emit("unread", (unread = count))
    },
    teaser({ author, text }) {
      if (opened) return
      who.textContent = author
      what.textContent = text
      teaser.hidden = false
    },
    show,
    message: (message) => emit("message", message),
    ready() {
      if (!ready) emit("ready")
      ready = true
    },
  }
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== base.origin || !event.data) return
    const { allways, data } = event.data
    if (Object.hasOwn(from, allways)) from[allways](data)
  })
  addEventListener("storage", (event) => {
    if (event.key?.startsWith(prefix)) post("stored", { key: event.key.slice(prefix.length), value: event.newValue })
  })
  launcher.addEventListener("click", () => show(!opened))
  teaser.addEventListener("click", () => show(true))
  dismiss.addEventListener("click", (event) => { event.stopPropagation(); teaser.hidden = true })

  const api = {
    open: () => show(true),
    close: () => show(false),
    toggle: () => show(!opened),
    identify(signed) {
      jwt = String(signed)
      if (greeted) post("identify", jwt)
    },
    setAttributes(values) {
      attributes = { ...attributes, ...values }
      if (greeted) post("attributes", attributes)
    },
    reset() {
      jwt = ""
      attributes = null
      post("reset")
    },
    preview: (values) => post("preview", values), // heard on the hub's own pages alone
    unread: () => unread,
    on(event, listener) {
      (listeners[event] ??= new Set()).add(listener)
      if (event === "ready" && ready) listener()
    },
    off(event, listener) { listeners[event]?.delete(listener) },
  }
  window.Allways = api
  if (Array.isArray(early)) early.forEach(([name, ...values]) => api[name]?.(...values))

  // A hub that restarts while the page loads is asked again, five times at most.
  const load = () => {
    greeted = false
    frame.src = `${base}frame#${encodeURIComponent(window.origin)}`
    setTimeout(() => { if (!greeted && ++tries <= 5) load() }, 4000 * 2 ** tries)
  }
  const start = () => { document.body.append(host); load() }
  if (document.body && document.readyState !== "loading") start()
  else addEventListener("DOMContentLoaded", start)
})()
