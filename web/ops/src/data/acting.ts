import {
  type AnswerOf,
  type Carried,
  call,
  type Method,
  type PathsOf,
} from "@pharmonico/shared/api/call.ts";
import { Problem } from "@pharmonico/shared/api/problem.ts";
import type { paths } from "@pharmonico/shared/api/schema.ts";

type Change = Exclude<Method, "get">;

/** A change decided upon a version: `etag` is what the reader saw. */
export interface Decided {
  etag?: string;
}

/**
 * A change that may be pressed again after a cut line: its key lives until the API has answered,
 * so that the same wish is carried out once.
 */
export async function act<M extends Change, P extends PathsOf<M>>(
  method: M,
  path: P,
  carried: Carried<M, P> & Decided = {},
): Promise<AnswerOf<paths[P][M]>> {
  const { etag, ...rest } = carried;
  const wish = JSON.stringify([method, path, rest.path, rest.query, rest.body, etag]);
  const key = keys.get(wish) ?? crypto.randomUUID();
  keys.set(wish, key);
  const headers: Record<string, string> = { "Idempotency-Key": key };
  if (etag) headers["If-Match"] = etag;
  try {
    const answer = await call(method, path, { ...rest, headers } as Carried<M, P>);
    keys.delete(wish);
    return answer;
  } catch (error) {
    const isAnswered = error instanceof Problem && error.status > 0 && error.status < 500;
    if (isAnswered) keys.delete(wish);
    throw error;
  }
}

const keys = new Map<string, string>();
