// The chat inside its frame: takes what the host page remembers, asks the hub how this channel looks, and joins the
// client (network), the messages, the composer and the bridge.
import { atHome, listen, post, Store } from "./bridge.js"
import { Client } from "./client.js"
import { palette } from "./colour.js"
import { Composer } from "./composer.js"
import { Messages } from "./messages.js"
import { $, h, initials } from "./page.js"
import { saveable } from "./preview.js"
import { beep } from "./sound.js"
import { choose, Words } from "./words.js"

const DARK = matchMedia("(prefers-color-scheme: dark)")
const LOOK = 300 // ms that what came must be before the eyes to count as seen: the panel may be closing
const FOCUSABLE = "button, a[href], input, textarea, [tabindex='0']"
const socketAddress = () => {
  const [, before, channel] = /^(.*)\/hooks\/([^/]+)\/frame$/.exec(location.pathname) ?? []
  return `${location.origin.replace(/^http/, "ws")}${before}/sockets/${channel}/visitor`
}

/** @type {Chat | null} */
let chat = null
const early = []

class Chat {
  constructor(init, words, config) {
    Object.assign(this, { words, config, options: init.options, shown: init.shown })
    this.store = new Store(init.store)
    const { url, title } = init.page
    this.client = new Client(socketAddress(), this.store, {
      page: { url, title },
      language: words.language,
      changed: () => this.changed(),
      arrived: (items) => this.arrived(items),
      told: ({ ok, text }) => this.notify(text || words.say(ok ? "transcriptSent" : "transcriptRefused")),
    })
    this.dress()
    this.messages = new Messages({
      words,
      fetchFile: (id) => this.fetchFile(id),
      retry: (message) => this.client.again(message),
      discard: (message) => { this.client.log.drop(message.cid); this.changed() },
    })
    this.composer = new Composer({ words, config, client: this.client, store: this.store, notify: (text) => this.notify(text) })
    this.wire()
    this.changed()
    if (this.client.token || this.client.log.outbox.length || this.shown) this.client.start()
    else this.greet()
    post("ready")
    if (this.shown) this.on_shown(true)
  }

  dress() {
    const { words, config } = this
    const { colour, position, theme } = this.options
    const { accent, ink, markLight, markDark } = palette(colour, config.colour)
    const root = document.documentElement
    for (const [name, value] of Object.entries({ accent, ink, "mark-light": markLight, "mark-dark": markDark })) root.style.setProperty(`--${name}`, value)
    root.lang = words.language
    root.dir = words.dir
    root.dataset.theme = theme ?? config.theme ?? "auto"
    for (const element of document.querySelectorAll("[data-text]")) element.textContent = words.say(element.dataset.text)
    for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", words.say(element.dataset.label))
    for (const id of ["more", "close", "attach", "send"]) $(id).title = $(id).ariaLabel
    this.title = config.title || words.say("title")
    $("title").textContent = document.title = this.title
    const team = (config.team ?? []).slice(0, 3)
    $("team").replaceChildren(...(team.length ? team : [{ name: this.title }]).map(({ name }) => h("span", { class: "avatar" }, initials(name))))
    $("transcript").hidden = !config.transcript
    $("privacy").hidden = !config.privacy_url
    if (config.privacy_url) $("privacy").href = config.privacy_url
    $("panel").hidden = false
    const look = () => post("look", {
      accent, ink, dir: words.dir, position: position ?? config.position ?? "end",
      dark: root.dataset.theme === "dark" || (root.dataset.theme === "auto" && DARK.matches),
      words: { open: words.say("open"), close: words.say("close"), dismiss: words.say("dismiss"), title: this.title },
    })
    DARK.onchange = look
    look()
  }

  wire() {
    $("close").addEventListener("click", () => post("show", false))
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !$("menu").matches(":popover-open")) post("show", false)
      if (event.key === "Tab") this.trap(event)
    })
    const sound = () => {
      const on = this.store.get("sound", false)
      $("sound").textContent = this.words.say(on ? "soundOn" : "soundOff")
    }
    $("sound").addEventListener("click", () => { this.store.set("sound", !this.store.get("sound", false)); sound(); if (this.store.get("sound")) beep() })
    sound()
    $("transcript").addEventListener("click", () => {
      $("menu").hidePopover()
      if (!this.client.transcript()) this.notify(this.words.say("offline"))
    })
    addEventListener("focus", () => this.look())
    document.addEventListener("visibilitychange", () => this.look())
    $("scroll").addEventListener("scroll", () => this.look(), { passive: true })
  }

  /** Keeps Tab inside the open panel. @param {KeyboardEvent} event */
  trap(event) {
    const all = [...$("panel").querySelectorAll(FOCUSABLE)].filter((one) => !one.disabled && one.checkVisibility())
    const edge = event.shiftKey ? all[0] : all[all.length - 1]
    if (document.activeElement !== edge && all.includes(document.activeElement)) return
    event.preventDefault()
    all.at(event.shiftKey ? -1 : 0).focus()
  }

  changed() {
    if (this.queued) return
    this.queued = true
    queueMicrotask(() => { this.queued = false; this.render() })
  }

  render() {
    const { client, words, config } = this
    const open = client.open ?? config.open ?? true
    const settled = client.state === "idle" || client.state === "online"
    $("presence").textContent = open ? config.subtitle || words.say("online") : words.say("away")
    $("presence").dataset.state = open ? "online" : "away"
    clearTimeout(this.barring)
    const bar = client.state === "stopped" ? words.say("stopped") : client.failures > 1 || !navigator.onLine ? words.say("offline") : words.say("connecting")
    const note = open ? "" : config.away || words.say("awayNote")
    if (settled) this.bar(note)
    else this.barring = setTimeout(() => this.bar(bar, true), navigator.onLine ? 700 : 0)
    if (!client.catching || client.log.items.size > 0) this.messages.render(client, { greeting: config.greeting || words.say("greeting"), name: this.title })
    this.composer.ask()
    $("scroll").setAttribute("aria-busy", String(client.catching))
    this.look()
    const count = this.inSight ? 0 : client.log.unread
    post("unread", { count, text: count ? words.say("unread", { count }) : "" })
  }

  bar(text, trouble = false) {
    $("bar").hidden = !text
    $("bar").classList.toggle("trouble", trouble)
    if ($("bar").textContent !== text) $("bar").textContent = text
  }

  get inSight() {
    return this.shown && document.visibilityState === "visible" && !this.client.catching && this.messages?.atEnd
  }

  /** Reports what the visitor has had before the eyes. */
  look() {
    clearTimeout(this.looking)
    if (this.inSight) this.looking = setTimeout(() => this.inSight && this.client.see(), LOOK)
  }

  /** @param {import("./log.js").Item[]} items of agents, arrived live */
  arrived(items) {
    const last = items.at(-1)
    if (!last) return
    const text = last.text || last.attachments?.[0]?.filename || ""
    const author = last.author || this.title
    $("say").textContent = `${author}: ${text}`
    for (const { seq, text, author } of items) post("message", { seq, text, author })
    if (!this.shown) post("teaser", { author, text: text.slice(0, 300) })
    if (this.store.get("sound", false)) beep()
  }

  /** The proactive greeting: once in a visitor's life, and only to who has never written. */
  greet() {
    const { proactive } = this.config
    if (!proactive || this.store.get("greeted")) return
    setTimeout(() => {
      if (this.shown || this.client.state !== "idle") return
      this.store.set("greeted", true)
      post("teaser", { author: this.title, text: proactive.text })
    }, proactive.after * 1000)
  }

  /** @param {string} text */
  notify(text) {
    $("say").textContent = text
    this.toast?.remove()
    this.toast = h("p", { class: "toast", "aria-hidden": "true" }, text)
    $("panel").append(this.toast)
    setTimeout((toast) => toast.remove(), 6000, this.toast)
  }

  /** @param {string} id @returns {Promise<string>} an object address */
  async fetchFile(id) {
    const token = await this.client.admitted()
    const answer = await fetch(`files/${encodeURIComponent(id)}`, { headers: { Authorization: `Bearer ${token}` } })
    if (!answer.ok) throw new Error(`file ${answer.status}`)
    return URL.createObjectURL(await answer.blob())
  }

  on_shown(shown) {
    this.shown = shown
    this.changed()
    if (!shown) return
    this.store.set("greeted", true)
    this.client.start()
    if (matchMedia("(pointer: fine)").matches || !$("prechat").hidden) this.composer.focus()
    else $("panel").focus()
    this.messages.toEnd()
    this.look()
  }

  on_identify(jwt) {
    this.client.identify(jwt)
    this.changed()
  }

  on_attributes(values) {
    this.client.describe(values)
  }

  /** What the hub's settings page shows before it is saved; no other page may change the chat's words. */
  on_preview(values) {
    if (!atHome) return
    Object.assign(this.config, saveable(Object(values)))
    this.dress()
    this.changed()
  }

  on_reset() {
    this.client.stop()
    this.store.clear()
    location.reload()
  }

  /** Another page of the same site remembered something. */
  on_stored({ key, value }) {
    if (value === null) delete this.store.values[key]
    else this.store.values[key] = value
    if (key === "seen" && value) this.client.log.seen = Math.max(this.client.log.seen, Number(value))
    if (key === "token" && value === null) location.reload()
    if (key === "token" && value) this.client.start()
    this.changed()
  }
}

/** @param {string} language */
async function configuration(language) {
  for (let tries = 0; ; tries++) {
    try {
      const answer = await fetch(`config?lang=${language}`)
      if (!answer.ok) throw new Error(`config ${answer.status}`)
      return await answer.json()
    } catch (error) {
      if (tries >= 5) throw error
      await new Promise((resolve) => setTimeout(resolve, 1000 * 2 ** tries * Math.random()))
    }
  }
}

const later = (name) => (data) => (chat ? chat[`on_${name}`](data) : early.push([name, data]))
listen({
  async init(init) {
    const language = choose([init.options.language, ...navigator.languages, init.page.language])
    const [words, config] = await Promise.all([Words.load(language), configuration(language)])
    chat = new Chat(init, words, config)
    early.splice(0).forEach(([name, data]) => chat?.[`on_${name}`](data))
  },
  ...Object.fromEntries(["shown", "identify", "attributes", "preview", "reset", "stored"].map((name) => [name, later(name)])),
})
