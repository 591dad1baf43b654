import { Stack, Text } from "@mantine/core";
import { moneyText } from "@pharmonico/shared/money.ts";
import { Facts } from "../../parts/Facts.tsx";
import { Section } from "../../parts/Section.tsx";
import { momentText } from "../../parts/when.ts";
import { plainCode, spanText } from "../../parts/words.ts";
import styles from "./Prescription.module.css";
import { panelsOf } from "./panels/panels.ts";
import type { Detail, Read } from "./reading.ts";

/** Who, what and where it stands; below it whatever its stage needs people for. */
export function Overview({ read }: { read: Read }) {
  const { rx } = read;
  return (
    <Stack gap="md">
      <div className={styles.pair}>
        <Patient rx={rx} />
        <Progress rx={rx} />
      </div>
      {panelsOf(rx).map(({ name, Panel }) => (
        <Panel key={name} read={read} />
      ))}
    </Stack>
  );
}

function Patient({ rx }: { rx: Detail }) {
  return (
    <Section title="Patient and medication">
      <Facts
        facts={[
          ["Patient", rx.patient_name],
          ["Patient id", <code key="id">{rx.patient_id}</code>],
          ["Medication", rx.drug],
          ["NDC", rx.ndc],
          ["Prescriber", rx.prescriber_name],
          ["NPI", rx.prescriber_npi],
          ["Renewal of", rx.renewal_of],
        ]}
      />
    </Section>
  );
}

function Progress({ rx }: { rx: Detail }) {
  const { waiting, tracking } = rx;
  return (
    <Section title="Where it stands">
      {waiting && <Text size="sm">{waitingText(waiting, Date.now())}</Text>}
      <Facts
        facts={[
          ["Rests because", rx.hold_reason && plainCode(rx.hold_reason)],
          ["Failed at", rx.failure_step],
          ["Look at", rx.alerts.map(plainCode).join(", ")],
          ["Pharmacy", rx.pharmacy_id],
          ["Plan", rx.plan],
          ["Patient pays", rx.patient_pay && moneyText(rx.patient_pay)],
          ["Parcel", tracking && `${tracking.carrier} ${tracking.number}`],
          ["Assigned to", rx.assignee],
          ["Received", momentText(rx.created_at)],
          ["Changed", momentText(rx.updated_at)],
          ["Run, revision", `${rx.run}, ${rx.revision}`],
        ]}
      />
    </Section>
  );
}

/** Such as `Waiting for the patient since …, 2 d 4 h left`. */
export function waitingText(waiting: NonNullable<Detail["waiting"]>, now: number): string {
  const left = Date.parse(waiting.since) / 1000 + waiting.timeout_s - now / 1000;
  const whom = WHOM[waiting.name];
  const rest = left > 0 ? `${spanText(left)} left` : "its time is over";
  return `Waiting for ${whom} since ${momentText(waiting.since)}, ${rest}.`;
}

const WHOM: Record<NonNullable<Detail["waiting"]>["name"], string> = {
  enrollment: "the patient's details",
  selection: "somebody to choose the pharmacy",
  payment: "the patient's payment",
  dispense: "the pharmacist",
  delivery: "the carrier",
};
