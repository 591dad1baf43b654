import {
  type AnswerOf,
  addressOf,
  type Carried,
  type PathsOf,
} from "@pharmonico/shared/api/call.ts";
import type { paths } from "@pharmonico/shared/api/schema.ts";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { LIST_EVERY_MS, liveOptions } from "./live.ts";

type Read = PathsOf<"get">;
type Body<P extends Read> = AnswerOf<paths[P]["get"]>;

/** What every page of a list has in common. */
interface Page {
  items: unknown[];
  next_cursor?: string | null | undefined;
}

/** The lists that are read page by page. */
export type Paged = {
  [P in Read]: Body<P> extends Page ? P : never;
}[Read];

type Item<P extends Paged> = Body<P> extends { items: (infer T)[] } ? T : never;

type PageOf<P extends Paged> = { items: Item<P>[]; next_cursor?: string | null };

export interface Pages<T> {
  items: T[];
  /** Fetch the next page; null where the list ends. */
  more: (() => void) | null;
  isLoading: boolean;
  isFetchingMore: boolean;
  /** What went wrong: with nothing to show, or with the page that was asked for last. */
  error: unknown;
}

/**
 * A list whose loaded pages are asked again one after the other, so that nothing between two of
 * them is missed; a page that stands costs no body. The more pages, the longer the pause.
 */
export function usePages<P extends Paged>(
  path: P,
  carried: Carried<"get", P> = {},
  everyMs = LIST_EVERY_MS,
): Pages<Item<P>> {
  const address = addressOf(path, carried as Parameters<typeof addressOf>[1]);
  const list = useInfiniteQuery({
    queryKey: ["pages", address],
    queryFn: async ({ pageParam, client }): Promise<PageOf<P>> => {
      const query = { ...(carried.query as object), cursor: pageParam };
      const options = liveOptions(path, { ...carried, query } as Carried<"get", P>);
      const { body } = await client.fetchQuery({ ...options, staleTime: 0, retry: false });
      return body as PageOf<P>;
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: ({ state }) => everyMs * Math.max(1, state.data?.pages.length ?? 0),
  });
  const { data, error, hasNextPage, isFetching, isFetchingNextPage, isFetchNextPageError } = list;
  const { fetchNextPage } = list;
  const items = data?.pages.flatMap((page): Item<P>[] => page.items) ?? [];
  const isEmptySoFar = hasNextPage && items.length === 0 && !isFetchNextPageError;
  useEffect(() => {
    // A filter may find nothing on a page, and something on a later one.
    if (isEmptySoFar && !isFetching) void fetchNextPage();
  }, [isEmptySoFar, isFetching, fetchNextPage]);
  return {
    items,
    more: hasNextPage ? () => void fetchNextPage() : null,
    isLoading: list.isPending || isEmptySoFar,
    isFetchingMore: isFetchingNextPage,
    error: !data || isFetchNextPageError ? error : null,
  };
}
