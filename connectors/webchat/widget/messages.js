// The list of messages. Elements are kept by key and made anew only when what they show has changed, so that nothing
// flickers, and what was sent stays in its place when the hub confirms it.
import { $, h, icon, initials, linked } from "./page.js"

const TOGETHER = 5 * 60_000 // ms between messages of one person that still share a head
const PICTURE = /^image\/(png|jpeg|gif|webp|avif)$/
const PAPER = "M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8zm0 0v5h5"
const NEAR = 60 // px from the bottom that count as the bottom

export class Messages {
  /**
   * @param {{words: import("./words.js").Words, fetchFile: (id: string) => Promise<string>, retry: (message: any) => void, discard: (message: any) => void}} wiring
   */
  constructor({ words, fetchFile, retry, discard }) {
    Object.assign(this, { words, fetchFile, retry, discard })
    /** @type {Map<string, {sign: string, element: HTMLElement}>} */
    this.shown = new Map()
    /** @type {Map<string, Promise<string>>} object addresses of files already fetched */
    this.files = new Map()
    this.scroll = $("scroll")
    this.below = 0
    this.scroll.addEventListener("scroll", () => this.atEnd && this.reached(), { passive: true })
    $("latest").addEventListener("click", () => this.toEnd())
    // the keyboard of a phone or a growing composer must not push the newest message out of sight
    let stuck = true
    this.scroll.addEventListener("scroll", () => (stuck = this.atEnd), { passive: true })
    new ResizeObserver(() => stuck && this.toEnd()).observe(this.scroll)
  }

  get atEnd() {
    return this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < NEAR
  }

  toEnd() {
    this.scroll.scrollTop = this.scroll.scrollHeight
    this.reached()
  }

  reached() {
    $("latest").hidden = true
  }

  /** @param {import("./client.js").Client} client @param {{greeting: string, name: string}} welcome */
  render(client, { greeting, name }) {
    const stay = !this.atEnd
    const { log } = client
    const items = log.sorted
    const rows = greeting ? [{ key: "greeting", direction: "out", author: name, text: greeting, files: [] }] : []
    for (const item of items) {
      const { cid, seq, direction, author, text, attachments = [], occurred_at } = item
      rows.push({ key: cid ?? `${seq}`, seq, direction, author: author || name, text: text ?? "", files: attachments, at: new Date(occurred_at) })
    }
    for (const message of log.pending) {
      rows.push({ key: message.cid, direction: "in", text: message.text, files: message.files, at: new Date(message.at), message })
    }
    const lastOwn = rows.findLast((row) => row.direction === "in" && !row.message)
    let before = null
    const elements = []
    for (const row of rows) {
      const day = row.at && this.words.day(row.at)
      if (day && day !== before?.day) elements.push(this.reuse(`day ${day}`, day, () => h("li", { class: "day" }, h("span", {}, day))))
      const joined = before?.direction === row.direction && before.author === row.author && row.at - before.at < TOGETHER && day === before.day
      const state = this.state(row, client, row === lastOwn)
      const sign = JSON.stringify([row.text, row.author, row.files, joined, state])
      elements.push(this.reuse(row.key, sign, () => this.row(row, joined, state)))
      before = { ...row, day }
    }
    const list = $("log")
    const grown = rows.length > (this.count ?? 0) && this.count
    this.count = rows.length
    if (elements.some((element, index) => list.children[index] !== element) || list.children.length !== elements.length) list.replaceChildren(...elements)
    $("typing").hidden = !client.typist
    $("typing").lastElementChild.textContent = client.typist && this.words.say("typing", { name: client.typist })
    if (!stay || (grown && rows[rows.length - 1].direction === "in")) this.toEnd()
    else if (grown) $("latest").hidden = false
  }

  /** @param {string} key @param {string} sign @param {() => HTMLElement} make */
  reuse(key, sign, make) {
    const old = this.shown.get(key)
    if (old?.sign === sign) return old.element
    const element = make()
    this.shown.set(key, { sign, element })
    return element
  }

  /** @returns {string} */
  state({ message, seq }, client, last) {
    if (message?.failed) return "failed"
    if (message) return client.state === "offline" ? "waiting" : "sending"
    if (!last) return ""
    return client.read >= seq ? "seen" : "sent"
  }

  row({ direction, author, text, files, at, message }, joined, state) {
    const { words } = this
    const own = direction === "in"
    const who = own ? words.say("you") : author
    const feet = []
    if (message?.failed) {
      feet.push(h("span", { class: "failed" }, words.say("failed"), message.failed.text && ` ${message.failed.text}`))
      feet.push(h("button", { type: "button", class: "link", onclick: () => this.retry(message) }, words.say("retry")))
      feet.push(h("button", { type: "button", class: "link", onclick: () => this.discard(message) }, words.say("discard")))
    } else if (state) feet.push(h("span", {}, words.say(state)))
    return h(
      "li",
      { class: `message ${own ? "own" : "theirs"}${joined ? " joined" : ""}${message ? " pending" : ""}` },
      !own && h("span", { class: "avatar", "aria-hidden": "true" }, joined ? "" : initials(author)),
      h(
        "div",
        { class: "body" },
        h("p", { class: own ? "unseen" : `author${joined ? " unseen" : ""}` }, who),
        text && h("div", { class: "bubble", dir: "auto", title: at ? words.full.format(at) : "" }, ...linked(text)),
        ...files.map((file) => this.file(file)),
        h("p", { class: "foot" }, at && h("time", { dateTime: at.toISOString() }, words.time.format(at)), ...feet),
      ),
    )
  }

  file({ id, filename, content_type, size }) {
    const { words } = this
    const get = () => {
      if (!this.files.has(id)) this.files.set(id, this.fetchFile(id))
      return this.files.get(id)
    }
    const details = h("span", { class: "file-text" }, h("b", { dir: "auto" }, filename), h("span", {}, size ? words.size(size) : ""))
    const button = h("button", { type: "button", class: "file", title: words.say("download", { name: filename }) }, icon(PAPER), details)
    button.addEventListener("click", async () => {
      try {
        h("a", { href: await get(), download: filename }).click()
      } catch {
        this.files.delete(id)
        $("say").textContent = details.lastElementChild.textContent = words.say("fileFailed")
      }
    })
    if (PICTURE.test(content_type)) {
      const picture = h("img", { class: "picture", alt: filename })
      get().then((address) => { picture.src = address; button.prepend(picture); button.classList.add("has-picture") }).catch(() => this.files.delete(id))
    }
    return button
  }
}
