import { Problem } from "@pharmonico/shared/api/problem.ts";
import { QueryCache, QueryClient } from "@tanstack/react-query";
import { SESSION_KEY } from "../session/session.ts";
import { heard, unheard } from "./reach.ts";

const TRIES_MAX = 2;

/**
 * The cache of everything read; whatever says that the session is over ends it everywhere, and
 * whatever is answered or not says whether the service can be reached.
 */
export function newQueries(): QueryClient {
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onSuccess: heard,
      onError: (error) => {
        if (!(error instanceof Problem)) return;
        if (error.endsSession) queries.setQueryData(SESSION_KEY, null);
        if (error.isSilence) unheard();
        else heard();
      },
    }),
    defaultOptions: {
      queries: {
        // What the API refuses it will refuse again; only silence and trouble are worth a try.
        retry: (tries, error) =>
          tries < TRIES_MAX &&
          error instanceof Problem &&
          [0, 502, 503, 504].includes(error.status),
        staleTime: 5_000,
      },
    },
  });
  return queries;
}
