/** What is to be done about a session: nothing, ask for more time, warn, or see that it is over. */
export type Keeping = "nothing" | "renew" | "warn" | "over";

export const IDLE_S = 1_800;
export const WARN_S = 120;

/** What the API said of a session, and when it was heard. */
export interface Heard {
  idle_left_s: number;
  absolute_left_s: number;
  heardAt: number;
}

/** How many seconds are left now: of the idle time, or of the whole session where that is less. */
export function leftOf({ idle_left_s, absolute_left_s, heardAt }: Heard, now: number): number {
  return Math.min(idle_left_s, absolute_left_s) - (now - heardAt) / 1000;
}

/**
 * Renewed for somebody who worked since it was heard of, and has used up half of the idle time;
 * where nobody works, or no renewal helps any more, a warning comes before the end.
 */
export function keepingOf(heard: Heard, workedAt: number, now: number): Keeping {
  const left = leftOf(heard, now);
  if (left <= 0) return "over";
  const isEnding = heard.absolute_left_s <= heard.idle_left_s;
  const isDue = left < IDLE_S / 2 && !isEnding;
  if (isDue && workedAt > heard.heardAt) return "renew";
  return left < WARN_S ? "warn" : "nothing";
}
