import type { Model } from "@pharmonico/shared/api/types.ts";
import { COUNTS_EVERY_MS, useLive } from "../../data/live.ts";
import type { Status } from "../search.ts";
import type { Tab } from "../tabs.ts";

/** How many were counted; `more` where the count ended at its limit. */
export interface Total {
  count: number;
  more: boolean;
}

/** What the tabs' count says of some statuses; nothing where one of them is not counted. */
export function totalOf(
  counts: Model<"Counts"> | undefined,
  tab: Tab,
  statuses: readonly Status[],
): Total | undefined {
  const counted = counts?.tabs.find((each) => each.tab === tab)?.statuses ?? [];
  const found = counted.filter(({ status }) => statuses.includes(status));
  if (found.length < statuses.length) return undefined;
  return {
    count: found.reduce((sum, { count }) => sum + count, 0),
    more: found.some(({ more }) => more),
  };
}

/** The same counts as the navigation's: asked for once, for both. */
export function useTotal(tab: Tab, statuses: readonly Status[]): Total | undefined {
  const { data } = useLive("/api/v1/counts", {}, COUNTS_EVERY_MS);
  return totalOf(data?.body, tab, statuses);
}

/**
 * What stands behind a worklist's title: all of it where it is loaded, what was counted where it is
 * not. A count may be half a minute old: it never says less than what is shown.
 */
export function totalText(shown: number, isMore: boolean, total: Total | undefined): string {
  if (!isMore) return String(shown);
  if (!total || total.count <= shown) return `${shown}+`;
  return `${total.count}${total.more ? "+" : ""}`;
}
