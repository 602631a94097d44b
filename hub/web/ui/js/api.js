import { signal } from "@preact/signals";

/** How long a request may take before it counts as failed, in milliseconds. */
const LIMIT = 20_000;
const UPLOAD_LIMIT = 300_000;
/** How long what is read is asked for again while the hub is away, and the longest wait between two tries. */
const PATIENCE = 300_000;
const LONGEST_WAIT = 8_000;

/** The token that proves an unsafe request comes from our page. */
let csrf = "";
/** @param {string} token */
export const setCsrf = (token) => (csrf = token);
export const getCsrf = () => csrf;

/** False after a request could not reach the hub; true again after one did. */
export const reachable = signal(true);

/** Where the feed stood at the first snapshot: events are read from there on. */
export const firstPosition = signal(/** @type {string|null} */ (null));

/** What the server answers when it cannot do what was asked (RFC 9457), or what we say when it was not reached. */
export class Problem extends Error {
  /** @param {number} status @param {Record<string, any>} body */
  constructor(status, body) {
    super(body.detail || body.title || "");
    this.status = status;
    /** @type {string} */
    this.code = body.code || "unknown";
    /** @type {string} */
    this.title = body.title || "";
    /** @type {{field:string,message:string}[]} */
    this.errors = body.errors || [];
    this.body = body;
  }
  get offline() {
    return this.status === 0;
  }
  /** Neither reached nor answered by the hub itself, or the hub says that it is not ready: it may be soon. */
  get passing() {
    return this.offline || [502, 503, 504].includes(this.status);
  }
}

/** @type {(() => void) | null} */
let onSignedOut = null;
/** @param {() => void} callback */
export const whenSignedOut = (callback) => (onSignedOut = callback);

/** @typedef {{body?: any, form?: FormData, key?: string, signal?: AbortSignal, once?: boolean, keepalive?: boolean}} Options keepalive: it goes on when the page is left */
/** @typedef {Promise<{data: any, position: string|null}>} Answer */

/**
 * Answers the body and the feed position of the snapshot, or throws a Problem. What is only read is asked for again
 * while the hub cannot be reached, so that no page stays without it once the hub is back; `once` forgoes that.
 * @param {string} method @param {string} path @param {Options} [options] @returns {Answer}
 */
export async function request(method, path, options = {}) {
  const end = Date.now() + (method === "GET" && !options.once ? PATIENCE : 0);
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask(method, path, options);
    } catch (problem) {
      if (!(problem instanceof Problem) || !problem.passing || Date.now() >= end) throw problem;
      await new Promise((go) => setTimeout(go, Math.random() * Math.min(LONGEST_WAIT, 500 * 2 ** attempt)));
      options.signal?.throwIfAborted();
    }
  }
}

/** A proxy's page about its own trouble is not. @param {Response} answer */
const isJson = (answer) => /[/+]json\b/.test(answer.headers.get("content-type") ?? "");

let asked = 0;

/** Once nothing is asked of the hub any more, at most so many ms from now: what can wait leaves the line to what is looked at. */
export async function settled(most = 5000) {
  const end = Date.now() + most;
  do await new Promise((go) => setTimeout(go, 50));
  while (asked > 0 && Date.now() < end);
}

/** One request. @param {string} method @param {string} path @param {Options} options @returns {Answer} */
async function ask(method, path, options) {
  /** @type {Record<string, string>} */
  const headers = { accept: "application/json" };
  if (method !== "GET") headers["x-csrf"] = csrf;
  if (options.body !== undefined) headers["content-type"] = "application/json";
  if (options.key) headers["idempotency-key"] = options.key;
  const limit = AbortSignal.timeout(options.form ? UPLOAD_LIMIT : LIMIT);
  let answer, data;
  asked += 1;
  try {
    answer = await fetch(path, {
      method,
      headers,
      body: options.form ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
      signal: options.signal ? AbortSignal.any([options.signal, limit]) : limit,
      credentials: "same-origin",
      keepalive: options.keepalive,
    });
    const text = await answer.text();
    data = text && isJson(answer) ? JSON.parse(text) : null;
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    reachable.value = false;
    throw new Problem(0, { code: "offline" });
  } finally {
    asked -= 1;
  }
  reachable.value = true;
  if (!answer.ok) {
    if (answer.status === 401 && data?.code !== "bad_credentials") onSignedOut?.();
    throw new Problem(answer.status, data ?? {});
  }
  const position = answer.headers.get("x-feed-position");
  if (position && firstPosition.peek() === null) firstPosition.value = position;
  return { data, position };
}

/** @param {string} path @param {AbortSignal} [signal] */
export const get = async (path, signal) => (await request("GET", path, { signal })).data;
/** @param {string} path @param {any} [body] @param {string} [key] */
export const post = async (path, body, key) => (await request("POST", path, { body: body ?? {}, key })).data;
/** @param {string} path @param {any} body */
export const patch = async (path, body) => (await request("PATCH", path, { body })).data;
/** @param {string} path @param {any} body */
export const put = async (path, body) => (await request("PUT", path, { body })).data;
/** @param {string} path */
export const remove = async (path) => (await request("DELETE", path)).data;

/** Build a query string from what is set.
 * @param {string} path @param {Record<string, any>} query */
export function withQuery(path, query) {
  const parts = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return parts.length ? `${path}?${new URLSearchParams(parts.map(([k, v]) => [k, String(v)]))}` : path;
}

/** A fresh key, so that repeating a request never does the thing twice. */
export const freshKey = () =>
  crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

/** How long a thing asked for again is still the same attempt. */
const ATTEMPT = 60_000;
/** @type {Map<string, {key: string, since: number}>} */
const attempts = new Map();

/** Posts what must not be done twice. Asked for again because no answer came, it has the same key; once the hub has
 * answered, or a minute later, it is a new attempt. @param {string} path @param {any} [body] */
export async function postOnce(path, body) {
  const asked = JSON.stringify([path, body]);
  const held = attempts.get(asked);
  const attempt = held && Date.now() - held.since < ATTEMPT ? held : { key: freshKey(), since: Date.now() };
  attempts.set(asked, attempt);
  try {
    const made = await post(path, body, attempt.key);
    attempts.delete(asked);
    return made;
  } catch (problem) {
    if (!(problem instanceof Problem && problem.passing)) attempts.delete(asked);
    throw problem;
  }
}
