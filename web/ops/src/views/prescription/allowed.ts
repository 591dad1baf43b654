import type { Status } from "../../parts/StatusBadge.tsx";

const ON_THE_ROAD: readonly Status[] = ["in_transit", "out_for_delivery", "delivered"];
const RESTING: readonly Status[] = [
  "validation_issue",
  "no_pharmacy",
  "claim_rejected",
  "enrollment_expired",
];
const OVER: readonly Status[] = ["completed", "cancelled", "returned"];

/** Why it cannot be cancelled any more, or null; the API has the last word. */
export function canCancel(status: Status): string | null {
  if (OVER.includes(status)) return "It is over already.";
  const isGone = ON_THE_ROAD.includes(status) || status === "delivery_exception";
  return isGone ? "The carrier has it: see the parcel below." : null;
}

/** Why it cannot be held any more, or null; the API has the last word. */
export function canHold(status: Status): string | null {
  return OVER.includes(status) ? "It is over already." : null;
}

/** Why it cannot be returned to the prescriber, or null; the API has the last word. */
export function canReturn(status: Status): string | null {
  return RESTING.includes(status) ? null : "It does not rest here: cancel it, or wait.";
}

/** Where what rests starts again, by the status it rests in; a finding is released elsewhere. */
const STARTS_AGAIN: Partial<Record<Status, string>> = {
  enrollment_expired: "The patient can be invited again.",
  no_pharmacy: "The pharmacies are looked for anew.",
  payment_failed: "The patient is asked to pay again.",
  payment_expired: "The patient is asked to pay again.",
  shipping_issue: "The parcel is tried again, to the address that is known now.",
};

/** What comes of taking it up again, or null where it does not rest like that. */
export const startsAgain = (status: Status): string | null => STARTS_AGAIN[status] ?? null;
