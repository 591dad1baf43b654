import { Badge, Loader, Text } from "@mantine/core";
import { Problem } from "@pharmonico/shared/api/problem.ts";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { Link } from "@tanstack/react-router";
import { useLive } from "../../../data/live.ts";
import { StatusBadge } from "../../../parts/StatusBadge.tsx";
import { dayText } from "../../../parts/when.ts";
import { useMay } from "../../../session/session.ts";
import { Trouble } from "../../../shell/Trouble.tsx";
import styles from "./PatientHistory.module.css";

type Beside = Model<"Beside">;

const EVERY_MS = 60_000;
const AT = "/api/v1/prescriptions/{prescription_id}/beside";

/**
 * What the patient does not tolerate and takes already, for the pharmacist's check. It stands on the
 * page and once more in the dialog over it: its parts are headings, and no landmarks of one name.
 */
export function PatientHistory({ id }: { id: string }) {
  return useMay("read_patient_history") ? <Known id={id} /> : null;
}

function Known({ id }: { id: string }) {
  const { data, error } = useLive(AT, { path: { prescription_id: id } }, EVERY_MS);
  const isElsewhere = error instanceof Problem && error.status === 403;
  if (error && !data) return isElsewhere ? null : <Trouble error={error} />;
  if (!data) return <Loader size="sm" />;
  const { allergies, medications, is_patient_known, notice } = data.body;
  return (
    <div>
      <div className={styles.history}>
        <Allergies allergies={allergies} />
        <Medications medications={medications} isKnown={is_patient_known} />
      </div>
      <Text size="xs" c="dimmed" mt={6}>
        Only what came through us is known. {notice}
      </Text>
    </div>
  );
}

function Allergies({ allergies }: { allergies: Beside["allergies"] }) {
  return (
    <div className={styles.part} data-bad={allergies.length > 0 || undefined}>
      <h3>Allergies</h3>
      {allergies.length === 0 && <Text size="sm">Nobody told us of any.</Text>}
      <ul>
        {allergies.map(({ text, code, told_by, is_checked }) => (
          <li key={`${text} ${code}`}>
            <strong>{text}</strong>{" "}
            {!is_checked && (
              <Badge color="yellow" variant="light" radius="sm" tt="none">
                Not checked by the rules
              </Badge>
            )}
            <Text size="xs" c="dimmed">
              {told_by === "this_prescription"
                ? "Told with this prescription"
                : "Told with an earlier prescription"}
            </Text>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface MedicationsProps {
  medications: Beside["medications"];
  isKnown: boolean;
}

function Medications({ medications, isKnown }: MedicationsProps) {
  return (
    <div className={styles.part}>
      <h3>Active medications</h3>
      {medications.length === 0 && (
        <Text size="sm">
          {isKnown
            ? "None of the earlier prescriptions is still being used."
            : "This is the first prescription of this patient that we see."}
        </Text>
      )}
      <ul>
        {medications.map((each) => (
          <li key={each.prescription_id}>
            <Link to="/prescriptions/$id" params={{ id: each.prescription_id }}>
              {each.drug}
            </Link>{" "}
            <StatusBadge status={each.status} />
            <Text size="xs" c="dimmed">
              {each.ingredients.join(", ")}
              {each.ingredients.length > 0 && " · "}until {dayText(each.ends_on)} · NPI{" "}
              {each.prescriber_npi}
            </Text>
          </li>
        ))}
      </ul>
    </div>
  );
}
