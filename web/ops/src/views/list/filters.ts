import type { Model } from "@pharmonico/shared/api/types.ts";
import type { ListSearch, Status } from "../search.ts";

export type Filters = Model<"Filters">;

/** What the API is asked: the address's filters, within the statuses of the tab. */
export function queryOf(search: ListSearch, within: Status[] | null): Filters {
  const status = search.status ?? within ?? [];
  return {
    status,
    q: search.q ?? null,
    pharmacy: search.pharmacy ?? null,
    plan: search.plan ?? null,
    from: search.from ? `${search.from}T00:00:00Z` : null,
    to: search.to ? dayAfter(search.to) : null,
    assignee: search.assignee ?? null,
    on_hold: search.held ?? null,
    sort: search.sort ?? "newest",
  };
}

/** The address that a saved view stands for. */
export function searchOf(filters: Filters, columns: string[]): ListSearch {
  const search: ListSearch = {};
  if (filters.status?.length) search.status = filters.status;
  if (filters.q) search.q = filters.q;
  if (filters.pharmacy) search.pharmacy = filters.pharmacy;
  if (filters.plan) search.plan = filters.plan;
  if (filters.from) search.from = filters.from.slice(0, 10);
  if (filters.to) search.to = dayBefore(filters.to);
  if (filters.assignee) search.assignee = filters.assignee;
  if (filters.on_hold) search.held = true;
  if (filters.sort === "oldest") search.sort = "oldest";
  if (columns.length) search.columns = columns;
  return search;
}

/** A day as it is typed ends when the next one begins. */
function dayAfter(day: string): string {
  return shifted(day, 1);
}

function dayBefore(moment: string): string {
  return shifted(moment.slice(0, 10), -1).slice(0, 10);
}

function shifted(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().replace(".000", "");
}
