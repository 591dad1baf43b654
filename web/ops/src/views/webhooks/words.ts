import type { Model } from "@pharmonico/shared/api/types.ts";
import { plainCode } from "../../parts/words.ts";

export type Endpoint = Model<"EndpointView">;
export type Delivery = Model<"DeliveryView">;
export type EventType = Endpoint["events"][number];
export type State = Delivery["status"];

/** What somebody can ask to be told of, in the order it happens. */
export const EVENTS: readonly EventType[] = [
  "validation_failed",
  "enrollment_expired",
  "pharmacy_selected",
  "claim_rejected",
  "prescription_dispensed",
  "dispense_refused",
  "shipping_label_generated",
  "delivered",
  "delivery_exception",
  "prescription_completed",
  "prescription_cancelled",
];

/** `client#clinic` and `labeler#12345`, as people say it. */
export function audienceText(audience: string): string {
  const [kind = "", name = ""] = audience.split("#");
  if (!name) return audience;
  return kind === "labeler" ? `Labeler ${name}` : `Client ${name}`;
}

/** How much an endpoint hears: by name while that is one, else how many. */
export function eventsText(events: readonly EventType[]): string {
  const [first] = events;
  if (first && events.length === 1) return plainCode(first);
  return events.length === EVENTS.length ? "All events" : `${events.length} events`;
}

/** The message with its lines apart; as it is where it is no JSON. */
export function bodyText(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
