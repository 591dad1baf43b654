import type { Model } from "@pharmonico/shared/api/types.ts";

export const EVERY_MS = 15_000;

type Partner = Model<"PartnerHealth">;
type Queue = Model<"SystemApiQueue">;

export const PARTNERS: Record<Partner["partner"], string> = {
  payer: "Payer (claims switch)",
  stripe: "Stripe (payments)",
  shippo: "Shippo (parcels)",
  twilio: "Twilio (text messages)",
  ses: "SES (e-mail)",
  prescriber: "Prescriber’s system",
};

interface Standing {
  tone: "green" | "yellow" | "red" | "gray";
  words: string;
}

/** What the circuit and the failures in a row mean for whoever waits for the partner. */
export function standingOf(partner: Partner): Standing {
  const { circuit, failures, last_success } = partner;
  const row = `${failures} failure${failures === 1 ? "" : "s"} in a row`;
  if (circuit === "open") return { tone: "red", words: `Circuit open, ${row}` };
  if (circuit === "half_open") return { tone: "yellow", words: `Being tried again, ${row}` };
  if (failures > 0) return { tone: "yellow", words: row };
  return last_success
    ? { tone: "green", words: "Answers" }
    : { tone: "gray", words: "Not asked yet" };
}

/** Dead letters first, then the longest queues; those where nothing waits by their name. */
export function byTrouble(queues: readonly Queue[]): Queue[] {
  const weight = ({ waiting, in_flight }: Queue) => (waiting ?? 0) + (in_flight ?? 0);
  return queues.toSorted(
    (one, other) =>
      other.dead_letters - one.dead_letters ||
      weight(other) - weight(one) ||
      one.name.localeCompare(other.name),
  );
}

/** Whether anybody has to know of it at all. */
export const isBusy = ({ waiting, in_flight, dead_letters }: Queue): boolean =>
  Boolean(waiting || in_flight || dead_letters);
