// Where the visitor writes: text, files by pick, paste and drop, the pre-chat form before the first message.
import { $, h } from "./page.js"

const HIGHEST = 132 // px of the growing field
const MOST_FILES = 10

export class Composer {
  /**
   * @param {{words: import("./words.js").Words, config: any, client: import("./client.js").Client, store: import("./bridge.js").Store, notify: (text: string) => void}} wiring
   */
  constructor({ words, config, client, store, notify }) {
    Object.assign(this, { words, config, client, store, notify })
    /** @type {{file: File, name: string, done?: any, request?: XMLHttpRequest, failed?: string, element: HTMLElement}[]} */
    this.files = []
    this.text = $("text")
    this.text.value = store.get("draft", "")
    this.text.placeholder = words.say("placeholder")
    this.text.addEventListener("input", () => this.wrote())
    this.text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return
      event.preventDefault()
      this.submit()
    })
    $("composer").addEventListener("submit", (event) => { event.preventDefault(); this.submit() })
    if (config.uploads !== null) this.acceptFiles()
    this.fields()
    this.fit()
  }

  acceptFiles() {
    $("attach").hidden = false
    $("attach").addEventListener("click", () => $("pick").click())
    $("pick").addEventListener("change", () => { this.add($("pick").files); $("pick").value = "" })
    this.text.addEventListener("paste", (event) => {
      if (!event.clipboardData?.files.length) return
      event.preventDefault()
      this.add(event.clipboardData.files)
    })
    let over = 0
    const leave = () => ($("drop").hidden = !(over = Math.max(0, over - 1)))
    addEventListener("dragenter", (event) => { if (event.dataTransfer?.types.includes("Files")) { over++; $("drop").hidden = false } })
    addEventListener("dragleave", leave)
    addEventListener("dragover", (event) => event.preventDefault())
    addEventListener("drop", (event) => { event.preventDefault(); over = 0; leave(); this.add(event.dataTransfer?.files ?? []) })
  }

  wrote() {
    this.fit()
    if (this.text.value) this.client.typing(true)
    clearTimeout(this.saving)
    this.saving = setTimeout(() => this.store.set("draft", this.text.value || null), 300)
  }

  fit() {
    this.text.style.height = "auto"
    this.text.style.height = `${Math.min(HIGHEST, this.text.scrollHeight)}px`
    const ready = this.files.every((one) => one.done)
    $("send").disabled = !ready || !(this.text.value.trim() || this.files.length)
  }

  /** What the visitor answered before the first message, as long as the hub has not had it. */
  get form() {
    return this.store.get("form") ?? undefined
  }

  submit() {
    if ($("send").disabled || !$("prechat").hidden) return
    const text = this.text.value.trim()
    this.client.send(text, this.files.map((one) => one.done), this.client.log.items.size ? undefined : this.form)
    this.text.value = ""
    clearTimeout(this.saving)
    this.store.set("draft", null)
    this.files = []
    $("files").replaceChildren()
    $("files").hidden = true
    this.fit()
    this.text.focus()
  }

  /** @param {Iterable<File>} files */
  add(files) {
    const { words, config } = this
    const limit = config.uploads?.max_bytes ?? 25 * 2 ** 20
    for (const file of files) {
      if (this.files.length >= MOST_FILES) return this.notify(words.say("tooMany", { count: MOST_FILES }))
      if (file.size > limit) { this.notify(words.say("tooBig", { name: file.name, size: words.size(limit) })); continue }
      const name = file.name || "file"
      const bar = h("progress", { max: 1, value: 0, "aria-label": words.say("uploading", { name }) })
      const one = { file, name, element: h("li", {}, h("span", { dir: "auto" }, name), bar) }
      one.element.append(h("button", { type: "button", class: "icon", "aria-label": words.say("removeFile", { name }), onclick: () => this.remove(one) }, "×"))
      this.files.push(one)
      $("files").append(one.element)
      $("files").hidden = false
      this.upload(one, bar)
    }
    this.text.focus()
  }

  remove(one) {
    one.request?.abort()
    this.files = this.files.filter((other) => other !== one)
    one.element.remove()
    $("files").hidden = !this.files.length
    this.fit()
    this.text.focus()
  }

  async upload(one, bar) {
    this.fit()
    const { file, name } = one
    try {
      const token = await this.client.admitted()
      const request = (one.request = new XMLHttpRequest())
      const id = await new Promise((resolve, reject) => {
        request.open("POST", `uploads?name=${encodeURIComponent(name)}`)
        request.setRequestHeader("Authorization", `Bearer ${token}`)
        request.setRequestHeader("Content-Type", file.type || "application/octet-stream")
        request.responseType = "json"
        request.timeout = 300_000
        request.upload.onprogress = (event) => (bar.value = event.loaded / event.total)
        request.onload = () => (request.status < 300 ? resolve(request.response.id) : reject(new Error(request.response?.detail)))
        request.onerror = request.ontimeout = () => reject(new Error())
        request.send(file)
      })
      one.done = { id, filename: name, content_type: file.type, size: file.size }
      bar.remove()
    } catch (error) {
      const text = this.words.say("fileFailed")
      this.notify(error.message && error.message !== "offline" ? `${text} ${error.message}` : text)
      const again = h("button", { type: "button", class: "link" }, this.words.say("retry"))
      again.onclick = () => { again.replaceWith(bar); this.upload(one, bar) }
      bar.replaceWith(again)
    }
    this.fit()
  }

  /** Builds the pre-chat form; shown while the first message is still to come. */
  fields() {
    const { words, config } = this
    for (const { name, label, type = "text", required = false } of config.form ?? []) {
      const input = h("input", { id: `field-${name}`, name, type, required, autocomplete: type === "tel" ? "tel" : name, "aria-describedby": `error-${name}`, maxLength: 200 })
      const error = h("span", { id: `error-${name}`, class: "error" })
      input.addEventListener("input", () => { error.textContent = ""; input.removeAttribute("aria-invalid") })
      $("fields").append(h("label", { htmlFor: input.id }, label, !required && h("small", {}, words.say("optional"))), input, error)
    }
    $("prechat").addEventListener("submit", (event) => {
      event.preventDefault()
      const inputs = [...$("prechat").querySelectorAll("input")]
      const wrong = inputs.filter((input) => !input.checkValidity())
      for (const input of wrong) {
        input.setAttribute("aria-invalid", "true")
        $(`error-${input.name}`).textContent = words.say(input.validity.typeMismatch ? "invalid" : "required")
      }
      if (wrong.length) return wrong[0].focus()
      this.store.set("form", Object.fromEntries(inputs.map((input) => [input.name, input.value.trim()]).filter(([, value]) => value)))
      this.ask()
      this.text.focus()
    })
  }

  /** Shows the form or the field to write in. */
  ask() {
    const { client, config } = this
    const due = Boolean(config.form?.length) && !this.form && !client.jwt && !client.log.items.size && !client.log.outbox.length
    $("prechat").hidden = !due
    $("composer").hidden = due
    if (!due) this.fit()
  }

  focus() {
    const first = $("prechat").hidden ? this.text : $("prechat").querySelector("input")
    first?.focus({ preventScroll: true })
  }
}
