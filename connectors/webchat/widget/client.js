// The visitor's end of the socket: says where the copy ends, takes what is missing, sends the outbox until it is confirmed,
// and comes back by itself. Knows nothing of the page; it reports through `changed`.
import { Log } from "./log.js"

const SILENCE = 45_000 // ms; the hub pings every 20 s
const PATIENCE = 10_000 // ms to wait for welcome or for an acknowledgement before the connection counts as broken
const FIRST_WAIT = 500, LONGEST_WAIT = 30_000 // ms, full jitter
const SLOWLY = 2_000 // ms to wait, up to twice as long, when the hub asks for it
const TYPING_EVERY = 3_000, TYPING_ENDS = 6_000

export class Client {
  /**
   * @param {string} url of the socket
   * @param {import("./bridge.js").Store} store
   * @param {{page: object, language: string, changed: () => void, arrived: (items: import("./log.js").Item[]) => void, told: (frame: any) => void}} wiring
   */
  constructor(url, store, wiring) {
    Object.assign(this, { url, store, ...wiring })
    this.log = new Log(store)
    /** @type {"idle"|"connecting"|"online"|"offline"|"stopped"} */
    this.state = "idle"
    /** @type {boolean|null} whether the business is open; unknown before the first welcome */
    this.open = null
    this.agents = 0
    this.read = 0
    this.typist = ""
    this.failures = 0
    this.catching = false
    /** @type {string|null} */
    this.jwt = this.presented = null
    this.attributes = null
    /** @type {string|null} cid of the message that waits for its acknowledgement */
    this.flying = null
    addEventListener("online", () => this.soon(0))
    addEventListener("offline", () => this.lost())
  }

  get token() {
    return this.store.get("token")
  }

  start() {
    if (this.state === "idle") this.connect()
  }

  connect() {
    clearTimeout(this.retry)
    this.socket?.close()
    this.state = "connecting"
    const socket = (this.socket = new WebSocket(this.url))
    this.watch(PATIENCE)
    socket.onopen = () => {
      const { epoch, cursor } = this.log
      this.presented = this.jwt
      this.say({ type: "hello", token: this.token, jwt: this.jwt, since: cursor, epoch, page: this.page, lang: this.language })
    }
    socket.onmessage = (event) => {
      if (socket !== this.socket) return
      const frame = JSON.parse(event.data)
      this.watch(SILENCE)
      this.receive(frame)
    }
    socket.onclose = () => socket === this.socket && this.lost()
    this.changed()
  }

  /** The connection is gone or useless; the next attempt comes later, at a random moment. */
  lost() {
    if (this.state === "idle" || this.state === "stopped") return
    const socket = this.socket
    this.socket = null
    socket?.close()
    clearTimeout(this.watchdog)
    clearTimeout(this.acks)
    clearTimeout(this.pause)
    this.flying = null
    this.reported = 0
    this.state = "offline"
    this.typist = ""
    this.soon(Math.random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.failures++))
    this.changed()
  }

  /** @param {number} ms */
  soon(ms) {
    if (this.state !== "offline") return
    clearTimeout(this.retry)
    this.retry = setTimeout(() => (navigator.onLine ? this.connect() : this.soon(LONGEST_WAIT)), ms)
  }

  stop() {
    clearTimeout(this.retry)
    clearTimeout(this.watchdog)
    clearTimeout(this.acks)
    const socket = this.socket
    this.socket = null
    socket?.close()
    this.state = "stopped"
    this.changed()
  }

  /** @param {number} ms */
  watch(ms) {
    clearTimeout(this.watchdog)
    this.watchdog = setTimeout(() => this.lost(), ms)
  }

  /** @param {object} frame @returns {boolean} whether it went out */
  say(frame) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false
    this.socket.send(JSON.stringify(frame))
    return true
  }

  /** @param {any} frame */
  receive(frame) {
    const handle = /** @type {any} */ (this)[`on_${frame.type}`]
    if (handle) handle.call(this, frame)
  }

  on_welcome({ token, visitor, epoch, head, resumed, open, agents_online, read }) {
    this.failures = 0
    this.state = "online"
    if (token) this.store.set("token", token)
    this.log.belongTo(visitor)
    if (!resumed) this.log.restart(epoch)
    this.log.epoch = epoch
    this.catching = this.log.cursor < (head ?? 0)
    this.open = open
    this.agents = agents_online
    if (read) this.read = read
    if (this.jwt !== this.presented) this.identify(this.jwt)
    if (this.attributes) this.say({ type: "attributes", values: this.attributes })
    this.flush()
    this.changed()
  }

  on_log({ items, head }) {
    const caught = this.catching
    const fresh = this.log.add(items)
    this.catching &&= items.length > 0 && this.log.cursor < (head ?? 0)
    if (!caught) this.arrived(fresh.filter((item) => item.direction === "out"))
    if (fresh.some((item) => item.direction === "out")) this.typist = ""
    this.flush()
    this.changed()
  }

  on_ack({ cid, seq }) {
    this.log.acknowledge(cid, seq)
    this.flush()
    this.changed()
  }

  on_refused({ cid, code, text }) {
    const message = this.log.outbox.find((one) => one.cid === cid)
    if (!message) return
    this.flying = null
    clearTimeout(this.acks)
    if (code === "slow_down") {
      clearTimeout(this.pause)
      this.pause = setTimeout(() => this.flush(), SLOWLY * (1 + Math.random()))
    } else {
      message.failed = { code, text }
      this.log.keep(message)
      this.flush()
    }
    this.changed()
  }

  on_typing({ on, name }) {
    clearTimeout(this.typed)
    this.typist = on ? name || "…" : ""
    if (on) this.typed = setTimeout(() => this.on_typing({ on: false, name }), TYPING_ENDS + 2_000)
    this.changed()
  }

  on_read({ seq }) {
    this.read = Math.max(this.read, seq)
    this.changed()
  }

  on_desk({ open, agents_online }) {
    this.open = open
    this.agents = agents_online
    this.changed()
  }

  on_ping({ head }) {
    this.say({ type: "pong" })
    // a push went missing: ask again, but only once for the same head
    if (head > this.log.cursor && head !== this.missed) {
      this.missed = head
      this.lost()
    }
  }

  on_token({ token }) {
    this.store.set("token", token)
  }

  on_transcript(frame) {
    this.told(frame)
  }

  on_bye({ code }) {
    if (code === "refused") return this.stop()
    if (code === "token") this.leave()
    if (code === "slow") this.failures = Math.max(this.failures, 4)
    this.lost()
  }

  /** Somebody else is signed in on the host page now: what was said before is not theirs to see. */
  leave() {
    this.store.set("token", null)
    this.log.belongTo("")
    this.log.restart(null)
  }

  /** @param {string} text @param {import("./log.js").File[]} files @param {object} [form] */
  send(text, files, form) {
    this.log.write(text, files, form)
    this.typing(false)
    this.start()
    this.flush()
    this.changed()
  }

  /** Sends the oldest unconfirmed message. One at a time, so that they arrive in the order they were written in. */
  flush() {
    const { outbox } = this.log
    if (this.state !== "online" || outbox.some((message) => message.cid === this.flying)) return
    clearTimeout(this.acks)
    this.flying = null
    const message = outbox.find((one) => !one.failed)
    if (!message) return
    const { cid, text, files, form } = message
    if (!this.say({ type: "msg", cid, text, uploads: files.map((file) => file.id), form })) return
    this.flying = cid
    if (!message.tried) {
      message.tried = true
      this.log.keep(message)
    }
    this.acks = setTimeout(() => this.lost(), PATIENCE)
  }

  /** @param {import("./log.js").Unsent} message */
  again(message) {
    delete message.failed
    this.log.keep(message)
    this.start()
    this.flush()
    this.changed()
  }

  /** @param {boolean} on */
  typing(on) {
    clearTimeout(this.idle)
    if (on) this.idle = setTimeout(() => this.typing(false), TYPING_ENDS)
    const now = Date.now()
    if (on ? now - (this.typedAt ?? 0) < TYPING_EVERY : !this.typedAt) return
    this.typedAt = on ? now : 0
    this.say({ type: "typing", on })
  }

  /** Everything up to the newest has been on the screen. */
  see() {
    const newest = this.log.sorted.findLast((item) => item.direction === "out")
    if (newest && this.log.see(newest.seq)) this.changed()
    if (newest && newest.seq > (this.reported ?? 0) && this.say({ type: "read", seq: newest.seq })) this.reported = newest.seq
  }

  /** Who has never written is not connected for it. @param {string} jwt signed by the company for who is signed in there */
  identify(jwt) {
    this.jwt = jwt
    if (this.state === "online" && this.say({ type: "identify", jwt })) this.presented = jwt
  }

  /** @param {Record<string, unknown>} values */
  describe(values) {
    this.attributes = { ...this.attributes, ...values }
    if (this.state === "online") this.say({ type: "attributes", values })
  }

  transcript() {
    return this.say({ type: "transcript" })
  }

  /** @returns {Promise<string>} the token, once the hub has given one */
  async admitted() {
    this.start()
    for (let waited = 0; !(this.state === "online" && this.token); waited += 100) {
      if (waited > 3 * PATIENCE) throw new Error("offline")
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return this.token
  }
}
