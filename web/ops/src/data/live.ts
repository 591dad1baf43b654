import {
  type AnswerOf,
  addressOf,
  ask,
  type Carried,
  type PathsOf,
} from "@pharmonico/shared/api/call.ts";
import type { paths } from "@pharmonico/shared/api/schema.ts";
import { type QueryClient, queryOptions, useQuery } from "@tanstack/react-query";

export const LIST_EVERY_MS = 5_000;
export const COUNTS_EVERY_MS = 30_000;

type Read = PathsOf<"get">;

/** An answer with its version, which a later change is decided upon. */
export interface Tagged<T> {
  body: T;
  etag: string;
}

type Body<P extends Read> = AnswerOf<paths[P]["get"]>;

/** What is asked again while somebody looks, and costs no body while nothing has changed. */
export function liveOptions<P extends Read>(
  path: P,
  carried: Carried<"get", P> = {},
  everyMs = LIST_EVERY_MS,
) {
  const key = [addressOf(String(path), carried as Parameters<typeof addressOf>[1])];
  return queryOptions({
    queryKey: key,
    queryFn: ({ client, signal }) => fresh(path, { ...carried, signal }, key, client),
    refetchInterval: everyMs, // not while the tab is hidden, which is Query's own way
  });
}

export function useLive<P extends Read>(
  path: P,
  carried: Carried<"get", P> = {},
  everyMs = LIST_EVERY_MS,
) {
  return useQuery(liveOptions(path, carried, everyMs));
}

/** The answer there is now; the very same object where the API says that it stands. */
async function fresh<P extends Read>(
  path: P,
  carried: Carried<"get", P>,
  key: string[],
  client: QueryClient,
): Promise<Tagged<Body<P>>> {
  const held = client.getQueryData<Tagged<Body<P>>>(key);
  const headers: Record<string, string> = held?.etag ? { "If-None-Match": held.etag } : {};
  const answer = await ask("get", path, { ...carried, headers });
  if (answer.isUnchanged && held) return held;
  return { body: answer.body as Body<P>, etag: answer.etag };
}
