import { Text } from "@mantine/core";
import { ageText } from "@pharmonico/shared/time.ts";
import { usePages } from "../../data/usePages.ts";
import { ndcText } from "../../parts/words.ts";
import { useSession } from "../../session/session.ts";
import { WorkTable } from "./WorkTable.tsx";

const COLUMNS = ["Medication", "NDC", "Waiting"];

interface ToDispenseProps {
  open: (id: string) => void;
}

/** What waits for the pharmacist, pharmacy by pharmacy, the oldest prescription first. */
export function ToDispense({ open }: ToDispenseProps) {
  const { pharmacies } = useSession();
  if (!pharmacies.length) return <Text size="sm">You belong to no pharmacy.</Text>;
  return pharmacies.map((pharmacy) => (
    <AtPharmacy key={pharmacy} pharmacy={pharmacy} open={open} />
  ));
}

function AtPharmacy({ pharmacy, open }: ToDispenseProps & { pharmacy: string }) {
  const pages = usePages("/api/v1/dispensing", { query: { pharmacy, limit: 50 } });
  const now = Date.now();
  return (
    <WorkTable
      title={`To dispense at ${pharmacy}`}
      columns={COLUMNS}
      pages={pages}
      open={open}
      workOf={(due) => ({
        id: due.prescription_id,
        patient: due.patient_name,
        cells: [due.drug, due.ndc && ndcText(due.ndc), ageText(due.since, now)],
      })}
    />
  );
}
