/** What the order of a list needs to know of a row; ids grow with time. */
export interface Placed {
  id: string;
}

export type Order = "newest" | "oldest";

/** Rows that were seen, in the list's order, and where the pages fetched so far end. */
export interface HeldRows<R extends Placed> {
  rows: R[];
  cursor: string | null;
}

interface PageOf<R> {
  rows: R[];
  cursor: string | null;
}

/**
 * The first page asked again: what changed is taken over, what left the list goes, and what was
 * merely pushed off the page by newer rows stays where it was. The end stays where it was too.
 */
export function refreshed<R extends Placed>(
  held: HeldRows<R> | null,
  page: PageOf<R>,
  order: Order,
): HeldRows<R> {
  if (!held) return { rows: page.rows, cursor: page.cursor };
  const last = page.cursor ? page.rows.at(-1) : undefined;
  const isBeyond = (row: R) => last !== undefined && compared(order)(row, last) > 0;
  const kept = held.rows.filter(isBeyond);
  return {
    rows: inOrder([...kept, ...page.rows], order),
    cursor: kept.length ? held.cursor : page.cursor,
  };
}

/** The next page, after all that is held. */
export function extended<R extends Placed>(
  held: HeldRows<R>,
  page: PageOf<R>,
  order: Order,
): HeldRows<R> {
  return { rows: inOrder([...held.rows, ...page.rows], order), cursor: page.cursor };
}

/** How many rows stand above the one that was the top when somebody last looked. */
export function newsOf(rows: Placed[], top: string | null, order: Order): number {
  return order === "newest" && top ? rows.filter(({ id }) => id > top).length : 0;
}

function inOrder<R extends Placed>(rows: R[], order: Order): R[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()].sort(compared(order));
}

function compared(order: Order): (one: Placed, other: Placed) => number {
  const sign = order === "newest" ? -1 : 1;
  return (one, other) => (one.id === other.id ? 0 : one.id < other.id ? -sign : sign);
}
