import { Problem } from "./problem.ts";
import type { paths } from "./schema.ts";

const TIMEOUT_MS = 30_000;

export type Method = "get" | "post" | "put" | "delete";

/** The paths that know the method. */
export type PathsOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never;
}[keyof paths];

type Operation<M extends Method, P extends PathsOf<M>> = paths[P][M];

export type BodyOf<O> = O extends { requestBody: { content: { "application/json": infer B } } }
  ? B
  : undefined;

type Content<R> = R extends { content: { "application/json": infer T } } ? T : null;

export type AnswerOf<O> = O extends { responses: infer R }
  ? Content<R[keyof R & (200 | 201 | 202)]>
  : never;

type ParametersOf<O, Where extends "path" | "query"> = O extends {
  parameters: { [K in Where]?: infer Q };
}
  ? Q
  : never;

/** What a request carries besides its path. */
export interface Carried<M extends Method, P extends PathsOf<M>> {
  path?: ParametersOf<Operation<M, P>, "path">;
  query?: ParametersOf<Operation<M, P>, "query">;
  body?: BodyOf<Operation<M, P>>;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** An answer with its version; `body` is null when nothing changed since `If-None-Match`. */
export interface Answer<T> {
  body: T;
  etag: string;
  isUnchanged: boolean;
}

/** Ask the API; raises `Problem` for every refusal and when nobody answers. */
export async function ask<M extends Method, P extends PathsOf<M>>(
  method: M,
  path: P,
  carried: Carried<M, P> = {},
): Promise<Answer<AnswerOf<Operation<M, P>>>> {
  const { body, headers = {}, signal } = carried;
  const answer = await reach(addressOf(String(path), carried as Parts), {
    method: method.toUpperCase(),
    headers: body === undefined ? headers : { "Content-Type": "application/json", ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: signal ?? AbortSignal.timeout(TIMEOUT_MS),
  });
  const isUnchanged = answer.status === 304;
  const isEmpty = isUnchanged || answer.status === 204;
  const content = isEmpty ? null : await answer.json().catch(() => null);
  if (!answer.ok && !isUnchanged) throw new Problem(answer.status, content);
  return { body: content, etag: answer.headers.get("ETag") ?? "", isUnchanged };
}

/** The same where only the body is of interest. */
export async function call<M extends Method, P extends PathsOf<M>>(
  method: M,
  path: P,
  carried: Carried<M, P> = {},
): Promise<AnswerOf<Operation<M, P>>> {
  return (await ask(method, path, carried)).body;
}

/** The address with its places filled in; nothing typed by anybody leaves its segment. */
export function addressOf(path: string, { path: places, query }: Parts): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(places?.[name] ?? "")),
  );
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null && each !== "") asked.append(name, String(each));
    }
  }
  return asked.size ? `${filled}?${asked}` : filled;
}

interface Parts {
  path?: Record<string, unknown> | undefined;
  query?: Record<string, unknown> | undefined;
}

async function reach(address: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, request);
  } catch (error) {
    // A caller that gave up itself wants to hear that, not that the line is cut.
    if (request.signal?.aborted && (error as Error).name === "AbortError") throw error;
    throw new Problem(0);
  }
}
