/** What the address of a list says: every filter, sort and open prescription is a link. */
export interface ListSearch {
  q?: string;
  sort?: "oldest";
  open?: string;
}

const TEXT_MAX = 100;

/** Only what is meant is taken from an address; everything else falls away. */
export function listSearch(given: Record<string, unknown>): ListSearch {
  const search: ListSearch = {};
  if (typeof given.q === "string" && given.q) search.q = given.q.slice(0, TEXT_MAX);
  if (given.sort === "oldest") search.sort = "oldest";
  if (typeof given.open === "string" && /^rx_\w+$/.test(given.open)) search.open = given.open;
  return search;
}

export interface SignInSearch {
  back?: string;
}

/** Back only to a view of ours. */
export function signInSearch({ back }: Record<string, unknown>): SignInSearch {
  const isOurs = typeof back === "string" && /^\/(?!\/)/.test(back);
  return isOurs ? { back } : {};
}
