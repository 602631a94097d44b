// The frame's side of the bridge to the host page. Only the page that embeds us, at the origin it named when it made the
// frame, is heard or spoken to; which pages may embed us at all is decided by the hub's frame-ancestors.
const origin = decodeURIComponent(location.hash.slice(1))
/** Whether it is a page of the hub itself. */
export const atHome = origin === location.origin

/** @param {string} type @param {unknown} [data] */
export function post(type, data) {
  parent.postMessage({ allways: type, data }, origin)
}

/** Calls the handler named by each message of the host page. @param {Record<string, (data: any) => void>} handlers */
export function listen(handlers) {
  addEventListener("message", (event) => {
    if (event.source !== parent || event.origin !== origin || !event.data) return
    const { allways, data } = event.data
    if (Object.hasOwn(handlers, allways)) handlers[allways](data)
  })
  post("hello")
}

/** What is remembered between pages. It lives in the host page; this is a copy that every change is sent from. */
export class Store {
  /** @param {Record<string, string>} values */
  constructor(values) {
    this.values = { ...values }
  }

  /** @param {string} key @param {any} [fallback] */
  get(key, fallback = null) {
    try {
      return key in this.values ? JSON.parse(this.values[key]) : fallback
    } catch {
      return fallback
    }
  }

  /** @param {string} key @param {unknown} value null forgets it */
  set(key, value) {
    const text = value === null ? null : JSON.stringify(value)
    if (text === null) delete this.values[key]
    else if (this.values[key] === text) return
    else this.values[key] = text
    post("store", { key, value: text })
  }

  /** @param {string} start */
  keys(start) {
    return Object.keys(this.values).filter((key) => key.startsWith(start))
  }

  clear() {
    this.values = {}
    post("forget")
  }
}
