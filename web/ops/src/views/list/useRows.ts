import { ask } from "@pharmonico/shared/api/call.ts";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLive } from "../../data/live.ts";
import type { Filters } from "./filters.ts";
import type { Row } from "./rowColumns.tsx";

const ROWS = 50;

export interface Rows {
  rows: Row[];
  /** How many have come since somebody last looked at the top. */
  news: number;
  showNews: () => void;
  more: (() => void) | null;
  isLoading: boolean;
  error: unknown;
}

/**
 * The first page is asked again every five seconds, further ones are fetched when they are
 * scrolled to. What is new at the top waits until somebody asks for it: rows do not jump.
 */
export function useRows(filters: Filters): Rows {
  const query = { ...given(filters), limit: ROWS };
  const first = useLive("/api/v1/prescriptions", { query });
  const further = useInfiniteQuery({
    queryKey: ["further", query, first.data?.body.next_cursor],
    queryFn: async ({ pageParam }) => {
      const asked = { query: { ...query, cursor: pageParam } };
      return (await ask("get", "/api/v1/prescriptions", asked)).body;
    },
    initialPageParam: first.data?.body.next_cursor ?? "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    enabled: false,
  });
  const key = JSON.stringify(query);
  const [top, setTop] = useState<{ key: string; id: string } | null>(null);
  const page = rowsOf(first.data?.body);
  const newest = page[0]?.id;
  if (newest && top?.key !== key) setTop({ key, id: newest });
  const isPinned = filters.sort !== "oldest" && top?.key === key;
  const known = isPinned ? page.filter(({ id }) => id <= top.id) : page;
  const last = further.data?.pages.at(-1) ?? first.data?.body;
  return {
    rows: distinct([...known, ...(further.data?.pages ?? []).flatMap(rowsOf)]),
    news: page.length - known.length,
    showNews: () => newest && setTop({ key, id: newest }),
    more: last?.next_cursor ? () => void further.fetchNextPage() : null,
    isLoading: first.isLoading || further.isFetching,
    error: first.data ? null : first.error,
  };
}

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

function rowsOf(page: Model<"Page"> | undefined): Row[] {
  return (page?.items ?? []).filter((item): item is Row => "patient_name" in item);
}

function distinct(rows: Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}
