const SHOWN = 4;

/** All but the last four characters as dots; something that short shows nothing. */
export function masked(value: string): string {
  if (value.length <= SHOWN) return "•".repeat(value.length);
  return "•".repeat(value.length - SHOWN) + value.slice(-SHOWN);
}
