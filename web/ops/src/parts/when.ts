/** A moment as a console shows it, such as `Nov 20, 2026, 5:03 PM`; the zone is the reader's own. */
export function momentText(iso: string): string {
  return new Date(iso).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" });
}

/** A claim's date, `20261120`, as any other day. */
export function claimDayText(digits: string): string {
  return dayText(digits.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3"));
}

/** Such as `Nov 20, 2026`; a date without a time has no zone to be moved by. */
export function dayText(iso: string): string {
  const isDate = iso.length === 10;
  const at = new Date(isDate ? `${iso}T00:00:00Z` : iso);
  return at.toLocaleDateString("en", {
    dateStyle: "medium",
    ...(isDate ? { timeZone: "UTC" } : {}),
  });
}
