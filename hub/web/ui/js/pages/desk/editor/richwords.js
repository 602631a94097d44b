/** Between words with looks and plain words: the hub does the same in hub/desk/richtext.py. */

const BLOCKS = new Set(["BLOCKQUOTE", "DIV", "H1", "H2", "H3", "HR", "LI", "OL", "P", "PRE", "TABLE", "TR", "UL"]);
const SPACED = new Set(["P", "H1", "H2", "H3", "BLOCKQUOTE"]);
const UNMARKED = new Set(["DIV", "BR", "P"]);

/** A block for each line. @param {string} text */
export function fromText(text) {
  const lines = document.createDocumentFragment();
  for (const line of text.split("\n")) {
    const block = document.createElement("div");
    block.append(line || document.createElement("br"));
    lines.append(block);
  }
  return lines;
}

/** Whether plain words say all of it. @param {HTMLElement} root */
export const isPlain = (root) => [...root.querySelectorAll("*")].every((it) => UNMARKED.has(it.tagName) || (it instanceof HTMLAnchorElement && says(it)));

/** A link whose words are its address. @param {HTMLAnchorElement} link */
function says(link) {
  const href = (link.getAttribute("href") ?? "").replace(/^(mailto|tel):/, "");
  const words = (link.textContent ?? "").trim();
  return [words, `${words}/`, `http://${words}`, `https://${words}`].includes(href);
}

/** The words, with the lines, lists, quotes and links that plain text can show. @param {Node} root */
export function textOf(root) {
  /** @type {string[]} */
  const lines = [];
  /** @type {string[]} */
  const margin = [];
  let line = "";
  let item = "";
  const end = (blank = false) => {
    if (line.trim() || blank) {
      let start = margin.join("");
      if (item) {
        start = start.slice(0, -2) + item;
        item = "";
      }
      lines.push(start + line.trimEnd());
    }
    line = "";
  };
  const walk = (/** @type {Node} */ node, kept = false) => {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) {
        const words = (child.textContent ?? "").replace(/[\u200b\ufeff]/g, "").replace(/\u00a0/g, " ");
        line += kept ? words : !line ? words.replace(/\s+/g, " ").trimStart() : words.replace(/\s+/g, " ");
        continue;
      }
      if (!(child instanceof HTMLElement)) continue;
      const tag = child.tagName;
      if (tag === "BR") {
        end(true);
        continue;
      }
      const block = BLOCKS.has(tag);
      if (block) end();
      if (SPACED.has(tag) && lines.length && lines[lines.length - 1].trim()) lines.push(margin.join("").trimEnd());
      if (tag === "BLOCKQUOTE") margin.push("> ");
      if (tag === "LI") {
        item = mark(child);
        margin.push("  ");
      }
      walk(child, kept || tag === "PRE");
      const href = tag === "A" ? (child.getAttribute("href") ?? "") : "";
      if (href && child instanceof HTMLAnchorElement && !says(child)) line += ` <${href}>`;
      if (block) end();
      if (tag === "BLOCKQUOTE" || tag === "LI") margin.pop();
    }
  };
  walk(root);
  end();
  return lines.join("\n").replace(/\n{3,}/g, "\n\n").replace(/^\n+|\s+$/g, "");
}

/** @param {HTMLElement} item */
function mark(item) {
  const list = item.parentElement;
  if (list?.tagName !== "OL") return "- ";
  return `${(Number(list.getAttribute("start")) || 1) + [...list.children].indexOf(item)}. `;
}
