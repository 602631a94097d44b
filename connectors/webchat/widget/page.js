// Small helpers for making elements.

/**
 * @param {string} tag @param {Record<string, any>} [properties] `class`, `data` and `aria-*` besides properties
 * @param {...(Node|string|null|false|undefined)} children
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class") element.className = value
    else if (name.includes("-") || name === "role") element.setAttribute(name, value)
    else /** @type {any} */ (element)[name] = value
  }
  element.append(.../** @type {(Node|string)[]} */ (children.filter(Boolean)))
  return element
}

/** @param {string} id @returns {any} */
export const $ = (id) => document.getElementById(id)

/** @param {string} path of a 24 × 24 drawing */
export function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg")
  svg.setAttribute("viewBox", "0 0 24 24")
  svg.setAttribute("aria-hidden", "true")
  svg.append(document.createElementNS(svg.namespaceURI, "path"))
  svg.firstElementChild?.setAttribute("d", path)
  return svg
}

const ADDRESS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}'’”»]/g

/** Text with its web addresses as links. @param {string} text @returns {(Node|string)[]} */
export function linked(text) {
  const parts = []
  let end = 0
  for (const found of text.matchAll(ADDRESS)) {
    parts.push(text.slice(end, found.index))
    parts.push(h("a", { href: found[0], target: "_blank", rel: "noopener noreferrer nofollow ugc" }, found[0]))
    end = found.index + found[0].length
  }
  return [...parts, text.slice(end)]
}

/** One or two letters for a name. @param {string} name */
export function initials(name) {
  const words = name.trim().split(/\s+/)
  return [words[0], words.length > 1 ? words[words.length - 1] : ""].map((word) => [...word][0] ?? "").join("").toLocaleUpperCase()
}
