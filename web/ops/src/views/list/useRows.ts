import { ask } from "@pharmonico/shared/api/call.ts";
import { Problem } from "@pharmonico/shared/api/problem.ts";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { useState } from "react";
import { useLive } from "../../data/live.ts";
import type { Filters } from "./filters.ts";
import { extended, type HeldRows, newsOf, refreshed } from "./held.ts";
import type { Row } from "./rowColumns.tsx";

const ROWS = 50;

export interface Rows {
  rows: Row[];
  /** How many have come since somebody last looked at the top. */
  news: number;
  showNews: () => void;
  more: (() => void) | null;
  isLoading: boolean;
  isFetchingMore: boolean;
  error: unknown;
  /** Forget further pages: much of them has changed. */
  again: () => void;
}

/** What one set of filters has brought so far. */
interface Seen {
  key: string;
  page: Model<"Page"> | undefined;
  held: HeldRows<Row> | null;
  top: string | null;
}

/**
 * The first page is asked again every five seconds, further ones are fetched when they are
 * scrolled to. What is new at the top waits until somebody asks for it: rows do not jump.
 */
export function useRows(filters: Filters): Rows {
  const order = filters.sort ?? "newest";
  const query = { ...given(filters), limit: ROWS };
  const key = JSON.stringify(query);
  const first = useLive("/api/v1/prescriptions", { query });
  const [seen, see] = useState<Seen>({ key, page: undefined, held: null, top: null });
  const current = useCurrent(seen, see, key, first.data?.body, order);
  const [fetching, setFetching] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const fetchMore = async (cursor: string) => {
    setFetching(key);
    setProblem(null);
    try {
      const { body } = await ask("get", "/api/v1/prescriptions", { query: { ...query, cursor } });
      see((before) =>
        before.key === key && before.held
          ? { ...before, held: extended(before.held, pageOf(body), order) }
          : before,
      );
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    } finally {
      setFetching(null);
    }
  };
  const all = current.held?.rows ?? [];
  const news = newsOf(all, current.top, order);
  const cursor = current.held?.cursor ?? null;
  return {
    rows: all.slice(news),
    news,
    showNews: () => see({ ...current, top: all[0]?.id ?? null }),
    more: cursor && !fetching && !problem ? () => void fetchMore(cursor) : null,
    isLoading: !first.data && !first.error,
    isFetchingMore: fetching === key,
    error: first.data ? problem : first.error,
    again: () => see({ ...current, page: undefined, held: null, top: null }),
  };
}

/** What was seen, with the answer that has come since taken in. */
function useCurrent(
  seen: Seen,
  see: (seen: Seen) => void,
  key: string,
  page: Model<"Page"> | undefined,
  order: "newest" | "oldest",
): Seen {
  const isOther = seen.key !== key;
  if (!page || (!isOther && seen.page === page)) {
    return isOther ? { key, page: undefined, held: null, top: null } : seen;
  }
  const held = refreshed(isOther ? null : seen.held, pageOf(page), order);
  const top = isOther || !seen.held?.rows.length ? (held.rows[0]?.id ?? null) : seen.top;
  const next = { key, page, held, top };
  see(next); // while rendering, as React has it for state that follows from what came
  return next;
}

const pageOf = (page: Model<"Page">) => ({
  rows: page.items.filter((item): item is Row => "patient_name" in item),
  cursor: page.next_cursor ?? null,
});

/** What is not asked for is not sent. */
function given(filters: Filters) {
  return {
    status: filters.status,
    pharmacy: filters.pharmacy ?? undefined,
    plan: filters.plan ?? undefined,
    from: filters.from ?? undefined,
    to: filters.to ?? undefined,
    q: filters.q ?? undefined,
    assignee: filters.assignee ?? undefined,
    on_hold: filters.on_hold ?? undefined,
    sort: filters.sort,
  };
}
