import { NativeSelect, NumberInput, Textarea, TextInput } from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { act } from "../../data/acting.ts";
import { ActionDialog } from "../../parts/ActionDialog.tsx";
import { said } from "../../parts/said.ts";
import { canCancel } from "./allowed.ts";
import type { Read } from "./reading.ts";

const AT = "/api/v1/prescriptions/{prescription_id}";
const REFILLS_MAX = 11;

const CHANGES: { value: Model<"ChangeRequest">["code"]; label: string }[] = [
  { value: "G", label: "Generic instead" },
  { value: "T", label: "Another drug of the same effect" },
  { value: "P", label: "Prior authorization" },
  { value: "D", label: "Drug use evaluation" },
  { value: "S", label: "Clarify what was written" },
  { value: "OS", label: "Out of stock" },
  { value: "U", label: "Confirm the prescriber's authorization" },
];

/** Letters that ask the prescriber for something: a change, or more refills. */
export function Asks({ read: { rx, etag } }: { read: Read }) {
  const path = { prescription_id: rx.id };
  const isDelivered = rx.status === "delivered" || rx.status === "completed";
  return (
    <>
      <ActionDialog
        label="Ask for a change"
        words="The prescriber gets an RxChangeRequest; an approved one is applied and validated anew."
        because={canCancel(rx.status)}
        offered={!isDelivered}
        act={(form) =>
          act("post", `${AT}/change-requests`, {
            path,
            etag,
            body: {
              code: said(form, "code") as "G",
              text: said(form, "text"),
              sub_codes: listOf(form, "sub_codes"),
              requested: listOf(form, "requested"),
            },
          })
        }
      >
        <NativeSelect name="code" label="What is asked for" data={CHANGES} />
        <Textarea
          name="text"
          label="Words for the prescriber"
          required
          minLength={3}
          maxLength={260}
        />
        <TextInput name="requested" label="NDC we would like instead (optional)" />
        <TextInput
          name="sub_codes"
          label="What is to be confirmed, by its letters (for an authorization)"
        />
      </ActionDialog>
      <ActionDialog
        label="Ask for a renewal"
        words="The prescriber gets an RxRenewalRequest; a yes becomes a prescription of its own."
        offered={isDelivered}
        act={(form) =>
          act("post", `${AT}/renewal-requests`, {
            path,
            etag,
            body: { refills: Number(said(form, "refills")) },
          })
        }
      >
        <NumberInput
          name="refills"
          label="Refills"
          defaultValue={1}
          min={1}
          max={REFILLS_MAX}
          hideControls
          required
        />
      </ActionDialog>
    </>
  );
}

/** Codes between blanks or commas. */
function listOf(form: FormData, name: string): string[] {
  return said(form, name)
    .split(/[\s,]+/)
    .filter(Boolean);
}
