import { ageText } from "@pharmonico/shared/time.ts";
import { useLive } from "../../data/live.ts";
import { Trouble } from "../../shell/Trouble.tsx";
import { WorkTable } from "./WorkTable.tsx";

const QUERY = { limit: 50 };
const COLUMNS = ["Medication", "Plan", "Rejected because", "Next step", "Since"];

/** Rejected claims, the code in words beside what it calls for. */
export function Rejections({ open }: { open: (id: string) => void }) {
  const { data, error } = useLive("/api/v1/claims", { query: QUERY });
  if (error && !data) return <Trouble error={error} />;
  const items = (data?.body.items ?? []).map((claim) => ({
    id: claim.prescription_id,
    patient: claim.patient_name,
    cells: [
      claim.drug,
      claim.plan,
      `${claim.code} ${claim.words}`,
      claim.next_step,
      ageText(claim.since, Date.now()),
    ],
  }));
  const isMore = Boolean(data?.body.next_cursor);
  return (
    <WorkTable
      title="Rejected claims"
      columns={COLUMNS}
      items={items}
      isMore={isMore}
      open={open}
    />
  );
}
