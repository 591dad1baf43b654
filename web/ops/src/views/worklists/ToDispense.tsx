import { Text } from "@mantine/core";
import { ageText } from "@pharmonico/shared/time.ts";
import { useLive } from "../../data/live.ts";
import { useSession } from "../../session/session.ts";
import { Trouble } from "../../shell/Trouble.tsx";
import { WorkTable } from "./WorkTable.tsx";

const COLUMNS = ["Medication", "NDC", "Waiting"];

interface ToDispenseProps {
  open: (id: string) => void;
}

/** What waits for the pharmacist, pharmacy by pharmacy, the longest wait first. */
export function ToDispense({ open }: ToDispenseProps) {
  const { pharmacies } = useSession();
  if (!pharmacies.length) return <Text size="sm">You belong to no pharmacy.</Text>;
  return pharmacies.map((pharmacy) => (
    <AtPharmacy key={pharmacy} pharmacy={pharmacy} open={open} />
  ));
}

function AtPharmacy({ pharmacy, open }: ToDispenseProps & { pharmacy: string }) {
  const query = { pharmacy, limit: 50 };
  const { data, error } = useLive("/api/v1/dispensing", { query });
  if (error && !data) return <Trouble error={error} />;
  const items = (data?.body.items ?? []).map((due) => ({
    id: due.prescription_id,
    patient: due.patient_name,
    cells: [due.drug, due.ndc, ageText(due.since, Date.now())],
  }));
  return (
    <WorkTable
      title={`To dispense at ${pharmacy}`}
      columns={COLUMNS}
      items={items}
      isMore={Boolean(data?.body.next_cursor)}
      open={open}
    />
  );
}
