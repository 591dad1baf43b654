const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;

/** Such as `March 28, 2026 at 9:05 AM`; the zone is the reader's own. */
export function momentText(iso: string, language = "en"): string {
  return new Date(iso).toLocaleString(language, { dateStyle: "long", timeStyle: "short" });
}

/** Such as `March 28, 2026`; a date without a time has no zone to be moved by. */
export function dayText(iso: string, language = "en"): string {
  const isDate = iso.length === 10;
  const at = new Date(isDate ? `${iso}T00:00:00Z` : iso);
  return at.toLocaleDateString(language, {
    dateStyle: "long",
    ...(isDate ? { timeZone: "UTC" } : {}),
  });
}

/** A full hour of the clock, such as `9 PM`. */
export function hourText(hour: number, language = "en"): string {
  const at = new Date(Date.UTC(2000, 0, 1, hour));
  return at.toLocaleTimeString(`${language}-US`, { hour: "numeric", timeZone: "UTC" });
}

/** How long ago or ahead, short, such as `5 min`, `3 h`, `2 d`. */
export function ageText(iso: string, now: number): string {
  const seconds = Math.abs(now - Date.parse(iso)) / 1000;
  if (seconds < MINUTE_S) return `${Math.floor(seconds)} s`;
  if (seconds < HOUR_S) return `${Math.floor(seconds / MINUTE_S)} min`;
  if (seconds < DAY_S) return `${Math.floor(seconds / HOUR_S)} h`;
  return `${Math.floor(seconds / DAY_S)} d`;
}

/** A day from three typed parts as `YYYY-MM-DD`, or null when there is no such day. */
export function isoDate(month: string, day: string, year: string): string | null {
  if (!/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day) || !/^\d{4}$/.test(year)) return null;
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const parsed = new Date(`${iso}T00:00:00Z`);
  const isThatDay = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(iso);
  return isThatDay ? iso : null;
}
