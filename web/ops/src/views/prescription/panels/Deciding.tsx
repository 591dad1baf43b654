import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { act } from "../../../data/acting.ts";
import { ActionDialog } from "../../../parts/ActionDialog.tsx";
import { Acts } from "../../../parts/Acts.tsx";
import { said } from "../../../parts/said.ts";
import { plainCode } from "../../../parts/words.ts";
import { useMay } from "../../../session/session.ts";
import type { PanelProps } from "./panels.ts";

type Field = Model<"Change">["field"];

const AT = "/api/v1/prescriptions/{prescription_id}";
const FIELDS: readonly Field[] = [
  "prescriber.npi",
  "prescriber.dea_number",
  "prescriber.state_license_number",
  "patient.name.last_name",
  "patient.name.first_name",
  "patient.date_of_birth",
  "patient.gender",
  "patient.address.line1",
  "patient.address.city",
  "patient.address.state",
  "patient.address.postal_code",
  "patient.contact.primary_telephone.number",
  "patient.contact.email",
  "pharmacy.ncpdp_id",
  "pharmacy.npi",
];

/** What people do about findings that hold: put a field right, or let it go on all the same. */
export function Deciding({ read: { rx, etag } }: PanelProps) {
  const path = { prescription_id: rx.id };
  const may = { correct: useMay("correct_prescription"), release: useMay("release_prescription") };
  return (
    <Acts label="What may be done about the findings">
      <ActionDialog
        offered={Boolean(may.correct)}
        label="Put right"
        words="What was sent stays beside it, and the rules look again. Drug facts change by the prescriber alone."
        act={(form) =>
          act("post", `${AT}/corrections`, {
            path,
            etag,
            body: {
              note: said(form, "note"),
              changes: [{ field: said(form, "field") as Field, value: said(form, "value") }],
            },
          })
        }
      >
        <NativeSelect
          name="field"
          label="Field"
          data={FIELDS.map((field) => ({ value: field, label: plainCode(field) }))}
        />
        <TextInput name="value" label="Value (empty takes it out)" />
        <Textarea name="note" label="How it is known" required maxLength={500} />
      </ActionDialog>
      <ActionDialog
        offered={Boolean(may.release)}
        label="Release"
        words="It goes on in spite of the findings. Clinical ones need a pharmacist; wrong identifiers cannot be released."
        act={(form) =>
          act("post", `${AT}/release`, {
            path,
            etag,
            body: { note: said(form, "note"), ndc: said(form, "ndc") || null },
          })
        }
      >
        <TextInput name="ndc" label="NDC (where the message named no product)" />
        <Textarea name="note" label="Why it may go on" required maxLength={500} />
      </ActionDialog>
    </Acts>
  );
}
