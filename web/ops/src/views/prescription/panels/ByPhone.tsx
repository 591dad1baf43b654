import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { act } from "../../../data/acting.ts";
import { ActionDialog } from "../../../parts/ActionDialog.tsx";
import { useMay } from "../../../session/session.ts";
import type { Detail } from "../reading.ts";
import styles from "./ByPhone.module.css";
import { toldOf } from "./phoned.ts";

const AT = "/api/v1/prescriptions/{prescription_id}/enrollment/by-phone";

const INSURED = [
  { value: "1", label: "The patient" },
  { value: "2", label: "Their spouse" },
  { value: "3", label: "A parent of theirs" },
  { value: "4", label: "Somebody else" },
];

const WINDOWS = [
  { value: "any", label: "Any time" },
  { value: "morning", label: "Morning" },
  { value: "afternoon", label: "Afternoon" },
  { value: "evening", label: "Evening" },
];

const SIGNERS = [
  { value: "self", label: "The patient" },
  { value: "caregiver", label: "A caregiver" },
  { value: "guardian", label: "A guardian" },
];

const RELATIONSHIPS = [
  { value: "parent", label: "Parent" },
  { value: "spouse", label: "Spouse" },
  { value: "child", label: "Child" },
  { value: "sibling", label: "Sibling" },
  { value: "legal_guardian", label: "Legal guardian" },
  { value: "power_of_attorney", label: "Power of attorney" },
  { value: "other", label: "Somebody else" },
];

const LANGUAGES = [
  { value: "en", label: "English" },
  { value: "es", label: "Spanish" },
];

/** The patient says on the phone what the portal would have asked, and agrees aloud. */
export function ByPhone({ rx }: { rx: Detail }) {
  const may = useMay("enter_enrollment");
  return (
    <ActionDialog
      label="Enroll by phone"
      words="Make sure who is speaking, ask for everything below and read the consents out. A link that is out ends with it, and it is kept that you entered it."
      size="lg"
      offered={may}
      act={(form) => act("post", AT, { path: { prescription_id: rx.id }, body: toldOf(form) })}
    >
      <Part title="Insurance">
        <Coverage prefix="" isRequired />
      </Part>
      <details>
        <summary>A second coverage or a copay card</summary>
        <Part title="Second coverage">
          <Coverage prefix="second_" />
        </Part>
      </details>
      <Delivery name={rx.patient_name} />
      <Consent name={rx.patient_name} />
    </ActionDialog>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={styles.part}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

function Coverage({ prefix, isRequired }: { prefix: string; isRequired?: boolean }) {
  return (
    <>
      <TextInput
        name={`${prefix}bin`}
        label="BIN"
        inputMode="numeric"
        pattern="\d{6}|\d{8}"
        title="Six or eight digits"
        required={isRequired}
      />
      <TextInput name={`${prefix}pcn`} label="PCN (optional)" maxLength={10} />
      <TextInput name={`${prefix}group`} label="Group (optional)" maxLength={15} />
      <TextInput
        name={`${prefix}member_id`}
        label="Member id"
        maxLength={20}
        required={isRequired}
      />
      <NativeSelect name={`${prefix}insured`} label="Who is insured" data={INSURED} />
    </>
  );
}

function Delivery({ name }: { name: string }) {
  return (
    <Part title="Delivery">
      <TextInput name="name" label="To" defaultValue={name} maxLength={70} required {...WHOLE} />
      <TextInput name="line1" label="Street" maxLength={60} required {...WHOLE} />
      <TextInput name="line2" label="Unit (optional)" maxLength={60} autoComplete="off" />
      <TextInput name="city" label="City" maxLength={40} required autoComplete="off" />
      <TextInput
        name="state"
        label="State"
        pattern="[A-Za-z]{2}"
        title="Two letters, such as TX"
        maxLength={2}
        required
        autoComplete="off"
      />
      <TextInput
        name="postal_code"
        label="ZIP"
        inputMode="numeric"
        pattern="\d{5}(-\d{4})?"
        title="Five digits, or nine with a hyphen"
        required
        autoComplete="off"
      />
      <TextInput name="phone" type="tel" label="Phone for the carrier" required />
      <NativeSelect name="window" label="When" data={WINDOWS} />
    </Part>
  );
}

function Consent({ name }: { name: string }) {
  const [signer, setSigner] = useState("self");
  return (
    <Part title="Consent">
      <NativeSelect
        name="signer"
        label="Who is on the phone"
        data={SIGNERS}
        value={signer}
        onChange={(event) => setSigner(event.currentTarget.value)}
      />
      {signer !== "self" && (
        <NativeSelect name="relationship" label="Related how" data={RELATIONSHIPS} />
      )}
      <TextInput name="signed" label="Their name" defaultValue={name} maxLength={70} required />
      <NativeSelect name="language" label="Language of the call" data={LANGUAGES} />
      <Checkbox
        name="treatment"
        label="Treatment and billing were read out and agreed to"
        className={styles.whole}
        required
      />
      <Checkbox
        name="privacy"
        label="The privacy notice was read out and agreed to"
        className={styles.whole}
        required
      />
    </Part>
  );
}

const WHOLE = { className: styles.whole, autoComplete: "off" };
