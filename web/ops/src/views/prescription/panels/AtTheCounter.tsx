import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import { act } from "../../../data/acting.ts";
import { ActionDialog } from "../../../parts/ActionDialog.tsx";
import { said } from "../../../parts/said.ts";
import styles from "./AtTheCounter.module.css";
import { PatientHistory } from "./PatientHistory.tsx";
import type { PanelProps } from "./panels.ts";

const AT = "/api/v1/prescriptions/{prescription_id}/dispense";

interface CounterProps extends PanelProps {
  /** Why whoever looks may not; null for those who may. */
  because: string | null;
}

const COUNSELLING = [
  { value: "accepted", label: "Offered and accepted" },
  { value: "declined", label: "Offered and declined" },
  { value: "not_offered", label: "Not offered" },
];

const REASONS = [
  { value: "out_of_stock", label: "Out of stock" },
  { value: "clinical", label: "Clinical concern" },
  { value: "not_contracted", label: "No contract for this product" },
  { value: "patient_request", label: "The patient asked not to" },
  { value: "suspected_fraud", label: "Suspected fraud" },
  { value: "other", label: "Something else" },
];

/** The final check and what is handed out. */
export function HandOut({ read: { rx, etag }, because }: CounterProps) {
  return (
    <ActionDialog
      label="Verify and dispense"
      words={`${rx.drug} for ${rx.patient_name}.`}
      because={because}
      size="lg"
      act={(form) =>
        act("post", AT, {
          path: { prescription_id: rx.id },
          etag,
          body: {
            action: "dispense",
            ndc: digitsOf(said(form, "ndc")),
            quantity: said(form, "quantity"),
            lot: said(form, "lot"),
            expires_on: said(form, "expires_on"),
            counselling: said(form, "counselling") as "accepted",
            rems_authorization: said(form, "rems") || null,
            note: said(form, "note") || null,
          },
        })
      }
    >
      <PatientHistory id={rx.id} />
      <div className={styles.form}>
        <TextInput name="ndc" label="NDC on the package" defaultValue={rx.ndc ?? ""} required />
        <TextInput name="quantity" label="Quantity" inputMode="decimal" required />
        <TextInput name="lot" label="Lot" maxLength={40} required />
        <TextInput name="expires_on" label="Expires on" type="date" required />
        <NativeSelect name="counselling" label="Counselling" data={COUNSELLING} />
        <TextInput
          name="rems"
          label="REMS authorization"
          description="Where the drug needs one"
          maxLength={40}
        />
      </div>
      <Textarea name="note" label="Note (optional)" maxLength={1000} />
    </ActionDialog>
  );
}

/** Another maker's package of the same drug. */
export function Another({ read: { rx, etag }, because }: CounterProps) {
  return (
    <ActionDialog
      label="Another package"
      words="Another maker's package of the same drug is billed anew first."
      because={because}
      act={(form) =>
        act("post", AT, {
          path: { prescription_id: rx.id },
          etag,
          body: { action: "substitute", ndc: digitsOf(said(form, "ndc")) },
        })
      }
    >
      <TextInput name="ndc" label="NDC" required />
    </ActionDialog>
  );
}

/** Not here: the claim is taken back. */
export function Refuse({ read: { rx, etag }, because }: CounterProps) {
  return (
    <ActionDialog
      label="Refuse"
      words="The claim is taken back and the prescription routed to another pharmacy."
      danger
      because={because}
      act={(form) =>
        act("post", AT, {
          path: { prescription_id: rx.id },
          etag,
          body: { action: "refuse", reason: said(form, "reason"), note: said(form, "note") },
        })
      }
    >
      <NativeSelect name="reason" label="Reason" data={REASONS} />
      <Textarea name="note" label="In words" required minLength={3} maxLength={1000} />
    </ActionDialog>
  );
}

/** The eleven digits, with or without the hyphens of the package. */
const digitsOf = (ndc: string): string => ndc.replace(/[\s-]/g, "");
