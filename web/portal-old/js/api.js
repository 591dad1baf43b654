// The portal's API: JSON in and out, refusals as `Problem`.

const BASE = "/api/v1/portal";
const TIMEOUT_MS = 30_000;

/** A refusal in the API's own words (RFC 9457); status 0 when nobody answered at all. */
export class Problem extends Error {
  /** @param {number} status @param {any} [body] */
  constructor(status, body = {}) {
    super(body?.code ?? `status ${status}`);
    this.status = status;
    /** @type {string} */
    this.code = body?.code ?? "";
    /** @type {{pointer: string, code: string}[]} */
    this.errors = body?.errors ?? [];
    /** @type {string} the request's number, to be quoted on the phone */
    this.request =
      String(body?.instance ?? "")
        .split(":")
        .pop() ?? "";
  }

  /** The session is over or was never there. */
  get endsSession() {
    return this.status === 401;
  }
}

/**
 * @param {string} method
 * @param {string} path below the portal's API
 * @param {unknown} [body]
 * @returns {Promise<any>}
 */
export async function call(method, path, body) {
  const answer = await reach(`${BASE}${path}`, {
    method,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const content = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (!answer.ok) throw new Problem(answer.status, content);
  return content;
}

/** @param {string} url @param {RequestInit} request */
async function reach(url, request) {
  try {
    return await fetch(url, request);
  } catch {
    throw new Problem(0);
  }
}
