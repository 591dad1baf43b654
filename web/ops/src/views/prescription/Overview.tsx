import { Stack, Text } from "@mantine/core";
import { moneyText } from "@pharmonico/shared/money.ts";
import { Link } from "@tanstack/react-router";
import { Facts } from "../../parts/Facts.tsx";
import { Section } from "../../parts/Section.tsx";
import { momentText } from "../../parts/when.ts";
import { ndcText, plainCode, spanText } from "../../parts/words.ts";
import { useMay } from "../../session/session.ts";
import styles from "./Prescription.module.css";
import { panelsOf } from "./panels/panels.ts";
import { prescribedOf, useDocuments } from "./prescribed.ts";
import { type Detail, pharmacyName, type Read } from "./reading.ts";

/** Who, what and where it stands; below it whatever its stage needs people for. */
export function Overview({ read }: { read: Read }) {
  const { rx } = read;
  return (
    <Stack gap="md">
      <Progress rx={rx} />
      <div className={styles.pair}>
        <Written rx={rx} />
      </div>
      {panelsOf(rx).map(({ name, Panel }) => (
        <Panel key={name} read={read} />
      ))}
    </Stack>
  );
}

/** Side by side: whom it is for, and what was written for them. */
function Written({ rx }: { rx: Detail }) {
  const may = useMay("read_document");
  const { data } = useDocuments(rx.id, "script", may);
  const { patient, medication } = prescribedOf(data?.documents);
  return (
    <>
      <Section title="Patient">
        <Facts
          facts={[
            ["Name", rx.patient_name],
            ...patient,
            ["Patient id", <code key="id">{rx.patient_id}</code>],
          ]}
        />
      </Section>
      <Section title="Medication">
        <Facts
          facts={[
            ["Medication", rx.drug],
            ["NDC", rx.ndc && ndcText(rx.ndc)],
            ...medication,
            ["Prescriber", rx.prescriber_name],
            ["NPI", rx.prescriber_npi],
            ["Renewal of", rx.renewal_of && <Origin id={rx.renewal_of} />],
          ]}
        />
      </Section>
    </>
  );
}

function Origin({ id }: { id: string }) {
  return (
    <Link to="/prescriptions/$id" params={{ id }}>
      {id}
    </Link>
  );
}

function Progress({ rx }: { rx: Detail }) {
  const { waiting, tracking } = rx;
  return (
    <Section title="Where it stands">
      {waiting && (
        <Text size="sm" mb="sm">
          {waitingText(waiting, Date.now())}
        </Text>
      )}
      <Facts
        facts={[
          ["Rests because", rx.hold_reason && plainCode(rx.hold_reason)],
          ["Failed at", rx.failure_step],
          ["Look at", rx.alerts.map(plainCode).join(", ")],
          ["Pharmacy", rx.pharmacy_id && pharmacyName(rx, rx.pharmacy_id)],
          ["Plan", rx.plan],
          ["Patient pays", rx.patient_pay && moneyText(rx.patient_pay)],
          ["Parcel", tracking && `${tracking.carrier.toUpperCase()} ${tracking.number}`],
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
