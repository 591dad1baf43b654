import { ageText } from "@pharmonico/shared/time.ts";
import { useLive } from "../../data/live.ts";
import { Trouble } from "../../shell/Trouble.tsx";
import { WorkTable } from "./WorkTable.tsx";

const QUERY = { limit: 50 };
const COLUMNS = ["Medication", "NDC", "Pharmacy", "Waiting"];

/** What waits for the pharmacist at their own pharmacies, the longest wait first. */
export function ToDispense({ open }: { open: (id: string) => void }) {
  const { data, error } = useLive("/api/v1/dispensing", { query: QUERY });
  if (error && !data) return <Trouble error={error} />;
  const items = (data?.body.items ?? []).map((due) => ({
    id: due.prescription_id,
    patient: due.patient_name,
    cells: [due.drug, due.ndc, due.pharmacy_id, ageText(due.since, Date.now())],
  }));
  const isMore = Boolean(data?.body.next_cursor);
  return (
    <WorkTable
      title="To dispense at your pharmacies"
      columns={COLUMNS}
      items={items}
      isMore={isMore}
      open={open}
    />
  );
}
