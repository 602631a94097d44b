// The visitor's copy of the conversation and the outbox of what the hub has not confirmed. Pure state, no page, no network.
// A message lives in exactly one of the two: `acknowledge` moves it, and a replayed log never shows it twice.

/** @typedef {{id: string, filename: string, content_type: string, size: number}} File */
/** @typedef {{seq: number, direction: "in"|"out", author?: string, text: string, attachments?: File[], occurred_at: string, state?: string, cid?: string}} Item */
/** @typedef {{cid: string, text: string, files: File[], form?: object, at: string, after: number, failed?: {code: string, text?: string}, visitor: string, tried?: boolean}} Unsent */

const COPY_LIMIT = 200_000 // characters; a longer copy is not remembered, and is read again from the hub

/** Random; `crypto.randomUUID` is not there on a site without TLS. */
const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("")

export class Log {
  /** @param {import("./bridge.js").Store} store */
  constructor(store) {
    this.store = store
    const { epoch, cursor, items } = store.get("copy", { epoch: null, cursor: 0, items: [] })
    this.epoch = epoch
    /** The highest seq up to which the copy has no gap. */
    this.cursor = cursor
    /** @type {Map<number, Item>} */
    this.items = new Map(items.map((/** @type {Item} */ item) => [item.seq, item]))
    this.seen = store.get("seen", 0)
    /** Whose conversation it is, as the hub calls them; "" before the first welcome. */
    this.visitor = store.get("visitor", "")
    /** @type {Unsent[]} */
    this.outbox = store.keys("out:").map((key) => store.get(key)).filter(Boolean)
    this.outbox.sort((a, b) => (a.at < b.at ? -1 : 1))
  }

  /** What somebody else wrote on this device is neither shown nor sent in the name of this visitor. @param {string} visitor */
  belongTo(visitor) {
    for (const message of this.outbox.filter((one) => one.visitor && one.visitor !== visitor)) this.drop(message.cid)
    if (this.visitor && this.visitor !== visitor) {
      this.seen = 0
      for (const key of ["seen", "draft", "form"]) this.store.set(key, null)
    }
    this.visitor = visitor
    this.store.set("visitor", visitor)
    for (const message of this.outbox) message.visitor = visitor
  }

  /** Drops the copy when the hub cannot resume it. @param {string|null} epoch */
  restart(epoch) {
    this.epoch = epoch
    this.cursor = 0
    this.items.clear()
  }

  /** @param {Item[]} items from the hub, in order @returns {Item[]} those that are new here */
  add(items) {
    const fresh = items.filter((item) => !this.items.has(item.seq))
    for (const item of items) {
      this.items.set(item.seq, { ...this.items.get(item.seq), ...item })
      this.cursor = Math.max(this.cursor, item.seq)
      if (item.cid) this.drop(item.cid)
    }
    this.save()
    return fresh
  }

  /** @param {string} text @param {File[]} files @param {object} [form] @returns {Unsent} */
  write(text, files, form) {
    const message = { cid: newId(), text, files, form, at: new Date().toISOString(), after: this.cursor, visitor: this.visitor }
    this.outbox.push(message)
    this.keep(message)
    return message
  }

  /** @param {Unsent} message */
  keep(message) {
    this.store.set(`out:${message.cid}`, message)
  }

  /** @param {string} cid */
  drop(cid) {
    this.outbox = this.outbox.filter((message) => message.cid !== cid)
    this.store.set(`out:${cid}`, null)
  }

  /** The hub has it. The cursor stays: an agent's earlier message may still be on its way. @param {string} cid @param {number} seq */
  acknowledge(cid, seq) {
    const message = this.outbox.find((one) => one.cid === cid)
    if (message) {
      const { text, files, at } = message
      this.items.set(seq, { direction: "in", text, attachments: files, occurred_at: at, ...this.items.get(seq), seq, cid })
    }
    this.drop(cid)
    this.save()
  }

  /** @param {number} seq @returns {boolean} whether that is news */
  see(seq) {
    if (seq <= this.seen) return false
    this.seen = seq
    this.store.set("seen", seq)
    return true
  }

  get unread() {
    return [...this.items.values()].filter((item) => item.direction === "out" && item.seq > this.seen).length
  }

  /** @returns {Item[]} */
  get sorted() {
    return [...this.items.values()].sort((a, b) => a.seq - b.seq)
  }

  /** What the outbox shows. A message whose acknowledgement was lost may be in the log already: it is shown there alone. */
  get pending() {
    const own = this.sorted.filter((item) => item.direction === "in" && !item.cid)
    return this.outbox.filter((message) => {
      const twin = own.findIndex((item) => message.tried && item.seq > message.after && item.text === message.text)
      if (twin >= 0) own.splice(twin, 1)
      return twin < 0
    })
  }

  save() {
    const copy = { epoch: this.epoch, cursor: this.cursor, items: this.sorted }
    const fits = JSON.stringify(copy).length <= COPY_LIMIT
    this.store.set("copy", fits ? copy : null)
  }
}
