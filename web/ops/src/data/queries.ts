import { Problem } from "@pharmonico/shared/api/problem.ts";
import { QueryCache, QueryClient } from "@tanstack/react-query";
import { SESSION_KEY } from "../session/session.ts";

const TRIES_MAX = 2;

/** The cache of everything read; whatever says that the session is over ends it everywhere. */
export function newQueries(): QueryClient {
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        const isOver = error instanceof Problem && error.endsSession;
        if (isOver) queries.setQueryData(SESSION_KEY, null);
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
