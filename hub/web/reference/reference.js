/** The interactive reference: reads /api/openapi.json, shows it, and tries operations out. No part of it is anybody
 * else's; text is only ever set as text. */

const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** An element with attributes and children; a string child is text.
 * @param {string} name @param {Record<string, any>} [attributes] @param {...(Node|string|null)} children */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick" || key === "onsubmit") made.addEventListener(key.slice(2), value);
    else if (value !== false && value != null) made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child != null));
  return made;
}

/** @type {any} */ let description;
let csrf = "";

const resolved = (/** @type {any} */ schema) =>
  schema?.$ref ? (description.components.schemas[schema.$ref.split("/").pop()] ?? {}) : (schema ?? {});

/** A schema in the manner of a type: short, one line a field.
 * @param {any} schema @param {string} [indent] @param {string[]} [above] @returns {string} */
function typeOf(schema, indent = "", above = []) {
  const name = schema?.$ref?.split("/").pop();
  if (name && (above.includes(name) || above.length > 4)) return name;
  const inside = name ? [...above, name] : above;
  const it = resolved(schema);
  const either = it.anyOf ?? it.oneOf;
  if (either) return either.map((/** @type {any} */ one) => typeOf(one, indent, inside)).join(" | ");
  if (it.enum) return it.enum.map((/** @type {any} */ one) => JSON.stringify(one)).join(" | ");
  if ("const" in it) return JSON.stringify(it.const);
  if (it.type === "array") return `[${typeOf(it.items ?? {}, indent, inside)}]`;
  if (it.properties) {
    const required = new Set(it.required ?? []);
    const lines = Object.entries(it.properties).map(
      ([field, one]) => `${indent}  ${field}${required.has(field) ? "" : "?"}: ${typeOf(one, `${indent}  `, inside)}`,
    );
    return `{\n${lines.join("\n")}\n${indent}}`;
  }
  if (it.type === "object") return it.additionalProperties?.type ? `{…: ${typeOf(it.additionalProperties, indent, inside)}}` : "{…}";
  const bounds = [
    it.format,
    it.minimum != null ? `≥ ${it.minimum}` : null,
    it.maximum != null && it.maximum < 2 ** 53 ? `≤ ${it.maximum}` : null,
    it.minLength ? `at least ${it.minLength}` : null,
    it.maxLength ? `at most ${it.maxLength}` : null,
    it.default != null && typeof it.default !== "object" ? `default ${JSON.stringify(it.default)}` : null,
  ].filter(Boolean);
  return `${it.type ?? "anything"}${bounds.length ? ` (${bounds.join(", ")})` : ""}`;
}

/** A value to begin with: what is required.
 * @param {any} schema @returns {any} */
function example(schema) {
  const it = resolved(schema);
  if (it.default !== undefined) return it.default;
  if (it.enum) return it.enum[0];
  if ("const" in it) return it.const;
  const either = it.anyOf ?? it.oneOf;
  if (either) return example(either[0]);
  if (it.properties) {
    const required = it.required ?? [];
    return Object.fromEntries(required.map((/** @type {string} */ field) => [field, example(it.properties[field])]));
  }
  return { array: it.minItems ? [example(it.items)] : [], integer: it.minimum ?? 0, number: 0, boolean: false, object: {}, null: null }[it.type] ?? "";
}

/** @param {string} method @param {string} path @param {any} operation */
function tryIt(method, path, operation) {
  const body = operation.requestBody?.content?.["application/json"];
  const upload = operation.requestBody?.content?.["multipart/form-data"];
  const inputs = operation.parameters.map((/** @type {any} */ one) => {
    const choices = resolved(one.schema).enum;
    const control = choices
      ? element("select", {}, ...(one.required ? [] : [element("option", { value: "" }, "")]), ...choices.map((/** @type {string} */ each) => element("option", { value: each }, each)))
      : element("input", { type: "text", autocomplete: "off", required: one.required, placeholder: typeOf(one.schema) });
    if (one.name === "Idempotency-Key") /** @type {any} */ (control).value = crypto.randomUUID();
    return { one, control: /** @type {HTMLInputElement} */ (control) };
  });
  const text = /** @type {HTMLTextAreaElement} */ (element("textarea", { spellcheck: "false" }));
  if (body) text.value = JSON.stringify(example(body.schema), null, 2);
  const file = /** @type {HTMLInputElement} */ (element("input", { type: "file", required: true }));
  const answer = element("div", { class: "answer", "aria-live": "polite" });
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    answer.className = "answer";
    answer.replaceChildren("Sending…");
    try {
      answer.replaceChildren(...(await result(method, path, inputs, body ? text.value : null, upload ? file : null, answer)));
    } catch (failure) {
      answer.replaceChildren(element("strong", {}, "It could not be sent: "), String(failure));
    }
  };
  return element(
    "form",
    { onsubmit: send },
    element("h3", {}, "Try it"),
    element(
      "div",
      { class: "fields" },
      ...inputs.map((/** @type {any} */ { one, control }) => element("label", {}, `${one.name}${one.required ? "" : " (optional)"}, in the ${one.in}`, control)),
      body ? element("label", {}, "Body (JSON)", text) : null,
      upload ? element("label", {}, "File", file) : null,
    ),
    element("button", { type: "submit" }, "Send"),
    answer,
  );
}

/** Sends it with the token, or as whoever is signed in.
 * @param {string} method @param {string} path @param {any[]} inputs @param {string|null} text
 * @param {HTMLInputElement|null} file @param {HTMLElement} answer */
async function result(method, path, inputs, text, file, answer) {
  /** @type {Record<string, string>} */ const headers = {};
  const query = new URLSearchParams();
  let address = path;
  for (const { one, control } of inputs) {
    if (!control.value) continue;
    if (one.in === "path") address = address.replace(`{${one.name}}`, encodeURIComponent(control.value));
    else if (one.in === "query") query.set(one.name, control.value);
    else headers[one.name] = control.value;
  }
  const token = /** @type {HTMLInputElement} */ (byId("token")).value.trim();
  if (token) headers["Authorization"] = `Bearer ${token}`;
  else if (csrf) headers["X-CSRF"] = csrf;
  /** @type {BodyInit|undefined} */ let body;
  if (text !== null) {
    body = text;
    headers["Content-Type"] = "application/json";
  } else if (file?.files?.[0]) {
    body = new FormData();
    body.append("file", file.files[0]);
  }
  const started = performance.now();
  const response = await fetch(address + (query.size ? `?${query}` : ""), { method, headers, body, credentials: token ? "omit" : "same-origin", redirect: "manual" });
  const took = Math.round(performance.now() - started);
  const kind = response.headers.get("Content-Type") ?? "";
  let shown = await response.text();
  if (kind.includes("json") && shown) shown = JSON.stringify(JSON.parse(shown), null, 2);
  answer.className = `answer ${response.ok ? "good" : "bad"}`;
  return [
    element("p", {}, element("strong", {}, `${response.status} ${response.statusText}`), ` in ${took} ms`),
    shown ? element("pre", { tabindex: "0" }, shown.slice(0, 100000)) : null,
  ].filter((one) => one !== null);
}

/** @param {string} path @param {string} method @param {any} operation */
function shownOperation(path, method, operation) {
  const inside = element("div");
  const shown = element(
    "details",
    { class: "operation", id: operation.operationId },
    element("summary", {}, element("span", { class: `method ${method}` }, method.toUpperCase()), element("span", { class: "path" }, path), element("span", { class: "faint" }, operation.summary)),
    inside,
  );
  shown.addEventListener("toggle", () => {
    if (/** @type {HTMLDetailsElement} */ (shown).open && !inside.hasChildNodes()) inside.append(...details(path, method, operation));
  });
  return shown;
}

/** @param {string} path @param {string} method @param {any} operation */
function details(path, method, operation) {
  const scopes = operation["x-scopes"];
  const who = scopes ? `A token needs one of: ${scopes.join(", ")}.` : operation.security ? "" : "Anybody may call this.";
  const parts = [who ? element("p", { class: "faint" }, who) : null];
  const body = operation.requestBody?.content?.["application/json"];
  if (body) {
    const about = resolved(body.schema).description;
    parts.push(element("h3", {}, "Body"), about ? element("p", { class: "faint" }, about) : null, element("pre", { tabindex: "0" }, typeOf(body.schema)));
  }
  for (const [status, response] of Object.entries(operation.responses)) {
    const content = /** @type {any} */ (response).content ?? {};
    const [kind] = Object.keys(content);
    const name = status === "default" ? "Otherwise" : `Answer ${status}`;
    parts.push(element("h3", {}, name));
    if (kind && kind !== "application/problem+json") {
      parts.push(element("pre", { tabindex: "0" }, kind.includes("json") ? typeOf(content[kind].schema) : kind));
    } else parts.push(element("p", { class: "faint" }, /** @type {any} */ (response).description));
  }
  if (status101(operation)) parts.push(element("p", {}, "This is a WebSocket; it cannot be tried here."));
  else parts.push(tryIt(method.toUpperCase(), path, operation));
  return parts.filter((one) => one !== null);
}

const status101 = (/** @type {any} */ operation) => "101" in operation.responses;

function draw() {
  const wanted = /** @type {HTMLInputElement} */ (byId("find")).value.trim().toLowerCase();
  /** @type {Map<string, [string, string, any][]>} */ const groups = new Map();
  for (const [path, item] of Object.entries(description.paths)) {
    for (const [method, operation] of Object.entries(/** @type {any} */ (item))) {
      if (!`${method} ${path} ${operation.summary}`.toLowerCase().includes(wanted)) continue;
      const tag = operation.tags[0];
      groups.set(tag, [...(groups.get(tag) ?? []), [path, method, operation]]);
    }
  }
  const named = [...groups].sort(([one], [other]) => one.localeCompare(other));
  byId("groups").replaceChildren(
    ...named.flatMap(([tag, found]) => [
      element("li", { class: "group" }, tag),
      ...found.map(([path, method, operation]) => element("li", {}, element("a", { href: `#${operation.operationId}`, title: operation.summary }, `${method.toUpperCase()} ${path.replace("/api", "")}`))),
    ]),
  );
  byId("operations").replaceChildren(
    ...named.flatMap(([tag, found]) => [element("h2", {}, tag), ...found.map(([path, method, operation]) => shownOperation(path, method, operation))]),
    ...(named.length ? [] : [element("p", {}, "Nothing is called like that.")]),
  );
  follow();
}

/** Opens the operation that the address names. */
function follow() {
  const target = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  if (target instanceof HTMLDetailsElement) {
    target.open = true;
    target.scrollIntoView();
  }
}

async function start() {
  const answer = await fetch("/api/openapi.json");
  if (!answer.ok) throw new Error(`The description could not be loaded (${answer.status}).`);
  description = await answer.json();
  byId("about").textContent = description.info.description;
  const session = await fetch("/api/session");
  if (session.ok) {
    const found = await session.json();
    csrf = found.csrf;
    byId("signed").textContent = `Without a token, requests are sent as ${found.agent.name}, and really carried out.`;
  } else byId("signed").textContent = "Nobody is signed in here: operations need a token. Requests are really carried out.";
  byId("find").addEventListener("input", draw);
  byId("who").addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", follow);
  draw();
}

start().catch((failure) => (byId("about").textContent = String(failure)));
