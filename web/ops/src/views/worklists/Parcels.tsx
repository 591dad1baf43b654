import { ageText } from "@pharmonico/shared/time.ts";
import { useLive } from "../../data/live.ts";
import { StatusBadge } from "../../parts/StatusBadge.tsx";
import { plainCode } from "../../parts/words.ts";
import { Trouble } from "../../shell/Trouble.tsx";
import { WorkTable } from "./WorkTable.tsx";

const QUERY = { limit: 50 };
const COLUMNS = ["Medication", "Status", "Because", "Tracking", "Since"];

/** Parcels somebody has to decide about, and why. */
export function Parcels({ open }: { open: (id: string) => void }) {
  const { data, error } = useLive("/api/v1/shipments", { query: QUERY });
  if (error && !data) return <Trouble error={error} />;
  const items = (data?.body.items ?? []).map((parcel) => ({
    id: parcel.prescription_id,
    patient: parcel.patient_name,
    cells: [
      parcel.drug,
      <StatusBadge key="status" status={parcel.status} />,
      parcel.reason && plainCode(parcel.reason),
      parcel.tracking?.number,
      ageText(parcel.since, Date.now()),
    ],
  }));
  const isMore = Boolean(data?.body.next_cursor);
  return (
    <WorkTable
      title="Parcels to decide about"
      columns={COLUMNS}
      items={items}
      isMore={isMore}
      open={open}
    />
  );
}
