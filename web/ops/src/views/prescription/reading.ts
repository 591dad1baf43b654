import type { Model } from "@pharmonico/shared/api/types.ts";

export type Detail = Model<"Detail">;
export type Papers = Detail["documents"];

/** What was read, with the version that a change is decided upon. */
export interface Read {
  rx: Detail;
  etag: string;
}

/** Staff see all of it; a provider would see how it is doing and nothing else. */
export function isDetail(found: Detail | Model<"Progress">): found is Detail {
  return "documents" in found;
}

/** The papers of a kind, oldest first. */
export function papers<K extends keyof Papers>(rx: Detail, kind: K): NonNullable<Papers[K]> {
  return (rx.documents[kind] ?? []) as NonNullable<Papers[K]>;
}

/** The newest paper of a kind. */
export function latest<K extends keyof Papers>(
  rx: Detail,
  kind: K,
): NonNullable<Papers[K]>[number] | undefined {
  return papers(rx, kind).at(-1);
}

/** A pharmacy by the name that a ranking gave it, else by its id. */
export function pharmacyName(rx: Detail, id: string): string {
  const ranked = papers(rx, "ranking").flatMap((paper) => paper.candidates);
  return ranked.find((place) => place.pharmacy_id === id)?.name ?? id;
}
