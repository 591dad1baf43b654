interface Days {
  from?: string | undefined;
  to?: string | undefined;
}

/** The moments of two days as they are typed: from the first's begin to the last's end. */
export function spanOf({ from, to }: Days): Days {
  const span: Days = {};
  if (from) span.from = `${from}T00:00:00Z`;
  if (to) span.to = `${to}T23:59:59Z`;
  return span;
}
