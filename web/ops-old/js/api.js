// The API as ops use it: a bearer token, ETags for reads, keys and versions for writes.

const TOKEN = "token";
const TIMEOUT_MS = 30_000;

export const token = {
  read: () => sessionStorage.getItem(TOKEN) ?? "",
  /** @param {string} text */
  keep: (text) => sessionStorage.setItem(TOKEN, text),
  drop: () => sessionStorage.removeItem(TOKEN),
};

/** A refusal in the API's own words (RFC 9457); status 0 when nobody answered at all. */
export class Problem extends Error {
  /** @param {number} status @param {any} [body] */
  constructor(status, body = {}) {
    super(body?.detail ?? `status ${status}`);
    this.status = status;
    /** @type {string} */
    this.code = body?.code ?? "";
    /** @type {string} */
    this.detail = body?.detail ?? "";
    /** @type {{pointer: string, code: string, detail: string}[]} */
    this.errors = body?.errors ?? [];
    this.request =
      String(body?.instance ?? "")
        .split(":")
        .pop() ?? "";
  }
}

/**
 * What is there now, or null when it is still what the caller has.
 * @param {string} path
 * @param {string} [etag]
 * @returns {Promise<{ body: any, etag: string | null } | null>}
 */
export async function read(path, etag = "") {
  const answer = await reach(path, { headers: etag ? { "If-None-Match": etag } : {} });
  if (answer.status === 304) return null;
  return { body: await content(answer), etag: answer.headers.get("ETag") };
}

/**
 * The key of a request lives until it is answered, so that pressing again after a cut line is safe.
 */
const keys = new Map();

/**
 * @param {string} path
 * @param {unknown} body
 * @param {string} etag of what the reader decided upon, for routes that ask for it
 */
export async function act(path, body, etag = "") {
  const name = JSON.stringify([path, body, etag]);
  if (!keys.has(name)) keys.set(name, crypto.randomUUID());
  const headers = { "Idempotency-Key": keys.get(name), "Content-Type": "application/json" };
  const answer = await reach(path, {
    method: "POST",
    headers: etag ? { ...headers, "If-Match": etag } : headers,
    body: JSON.stringify(body),
  });
  if (answer.status < 500) keys.delete(name);
  return content(answer);
}

/** @param {string} path @param {RequestInit} request */
async function reach(path, request) {
  const headers = { ...request.headers, Authorization: `Bearer ${token.read()}` };
  try {
    return await fetch(path, { ...request, headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch {
    throw new Problem(0, { detail: "The service cannot be reached." });
  }
}

/** @param {Response} answer */
async function content(answer) {
  const body = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (!answer.ok) throw new Problem(answer.status, body ?? {});
  return body;
}
