import type { Model } from "@pharmonico/shared/api/types.ts";
import { dayText } from "../../parts/when.ts";

type Entry = Model<"Entry">;

const SHOWN = 8;

/** Enough of an id to tell people apart by; the whole of it is a press away. */
export const shortId = (id: string): string => (id.length > 20 ? `${id.slice(0, SHOWN)}…` : id);

/** An action as the audit names it, however it was typed: as a code, or as it is shown. */
export const codeOf = (typed: string): string => typed.trim().toLowerCase().replace(/\s+/g, "_");

/** What an act was about; the lists that somebody saw on a day have a chain of their own. */
export function aboutText(resource: string): string {
  const list = /^lists_(.+)_(\d{4}-\d{2}-\d{2})$/.exec(resource);
  return list?.[2] ? `Lists shown on ${dayText(list[2])}` : resource;
}

/** Newest first: the API goes hour by hour, and within an hour chain by chain. */
export function newestFirst(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((one, other) => Date.parse(other.act.at) - Date.parse(one.act.at));
}
