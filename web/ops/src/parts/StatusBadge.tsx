import { Badge } from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { plainCode } from "./words.ts";

export type Status = Model<"Status">;

/** Where people have to look, where all is over, and everything on its way. */
const TONES: Partial<Record<Status, "red" | "yellow" | "green" | "gray">> = {
  validation_issue: "red",
  enrollment_expired: "yellow",
  no_pharmacy: "red",
  claim_rejected: "red",
  payment_failed: "yellow",
  payment_expired: "yellow",
  shipping_issue: "red",
  delivery_exception: "red",
  returned: "gray",
  failed: "red",
  cancelled: "gray",
  delivered: "green",
  completed: "green",
};

/** The status in a word; its colour never says anything that the word does not. */
export function StatusBadge({ status }: { status: Status }) {
  return (
    <Badge color={TONES[status] ?? "blue"} variant="light" radius="sm" tt="none">
      {plainCode(status)}
    </Badge>
  );
}
