import { Checkbox, Group, NativeSelect, TextInput } from "@mantine/core";
import { act } from "../../../data/acting.ts";
import { ActionDialog } from "../../../parts/ActionDialog.tsx";
import { said } from "../../../parts/said.ts";
import { useMay } from "../../../session/session.ts";
import type { Detail } from "../reading.ts";

const AT = "/api/v1/prescriptions/{prescription_id}/enrollment/by-phone";

const SIGNERS = [
  { value: "self", label: "the patient" },
  { value: "caregiver", label: "a caregiver" },
  { value: "guardian", label: "a guardian" },
];

const RELATIONSHIPS = [
  { value: "", label: "–" },
  { value: "parent", label: "Parent" },
  { value: "spouse", label: "Spouse" },
  { value: "child", label: "Child" },
  { value: "sibling", label: "Sibling" },
  { value: "legal_guardian", label: "Legal guardian" },
  { value: "power_of_attorney", label: "Power of attorney" },
  { value: "other", label: "Somebody else" },
];

/** The patient says on the phone what the portal would have asked, and agrees aloud. */
export function ByPhone({ rx }: { rx: Detail }) {
  const may = useMay("enter_enrollment");
  return (
    <ActionDialog
      label="Enroll by phone"
      words="Ask for everything below and read the consents out. It is kept that you entered it."
      offered={may}
      act={(form) => act("post", AT, { path: { prescription_id: rx.id }, body: toldOf(form) })}
    >
      <Group grow>
        <TextInput name="bin" label="BIN" inputMode="numeric" pattern="\d{6}|\d{8}" required />
        <TextInput name="pcn" label="PCN (optional)" />
      </Group>
      <Group grow>
        <TextInput name="group" label="Group (optional)" />
        <TextInput name="member_id" label="Member id" required />
      </Group>
      <TextInput
        name="name"
        label="Deliver to"
        defaultValue={rx.patient_name}
        autoComplete="off"
        required
      />
      <TextInput name="line1" label="Street" autoComplete="off" required />
      <TextInput name="line2" label="Unit (optional)" autoComplete="off" />
      <Group grow>
        <TextInput name="city" label="City" autoComplete="off" required />
        <TextInput name="state" label="State" maxLength={2} autoComplete="off" required />
        <TextInput name="postal_code" label="ZIP" autoComplete="off" required />
      </Group>
      <TextInput name="phone" type="tel" label="Phone for the carrier" required />
      <Group grow>
        <NativeSelect name="signer" label="Who is on the phone" data={SIGNERS} />
        <NativeSelect name="relationship" label="Related how" data={RELATIONSHIPS} />
      </Group>
      <TextInput name="signed" label="Their name" defaultValue={rx.patient_name} required />
      <NativeSelect
        name="language"
        label="Language of the call"
        data={[
          { value: "en", label: "English" },
          { value: "es", label: "Spanish" },
        ]}
      />
      <Checkbox name="treatment" label="Treatment and billing read out and agreed to" required />
      <Checkbox name="privacy" label="Privacy notice read out and agreed to" required />
    </ActionDialog>
  );
}

export function toldOf(form: FormData) {
  return {
    insurance: {
      bin: said(form, "bin"),
      pcn: said(form, "pcn"),
      group: said(form, "group"),
      member_id: said(form, "member_id"),
      relationship: "1" as const,
    },
    delivery: {
      name: said(form, "name"),
      line1: said(form, "line1"),
      line2: said(form, "line2"),
      city: said(form, "city"),
      state: said(form, "state").toUpperCase(),
      postal_code: said(form, "postal_code"),
      phone: said(form, "phone"),
      window: "any" as const,
    },
    consent: {
      name: said(form, "signed"),
      signer: said(form, "signer") as "self",
      relationship: (said(form, "relationship") || null) as "parent" | null,
      language: said(form, "language") as "en",
      treatment: true as const,
      privacy: true as const,
    },
  };
}
