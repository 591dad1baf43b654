import { ageText } from "@pharmonico/shared/time.ts";
import { usePages } from "../../data/usePages.ts";
import { StatusBadge } from "../../parts/StatusBadge.tsx";
import { plainCode } from "../../parts/words.ts";
import { WorkTable } from "./WorkTable.tsx";

const ASKED = { query: { limit: 50 } };
const COLUMNS = ["Medication", "Status", "Because", "Tracking", "Since"];

/** Parcels somebody has to decide about, and why; those that came back are counted nowhere. */
export function Parcels({ open }: { open: (id: string) => void }) {
  const pages = usePages("/api/v1/shipments", ASKED);
  const now = Date.now();
  return (
    <WorkTable
      title="Parcels to decide about"
      columns={COLUMNS}
      pages={pages}
      open={open}
      workOf={(parcel) => ({
        id: parcel.prescription_id,
        patient: parcel.patient_name,
        cells: [
          parcel.drug,
          <StatusBadge key="status" status={parcel.status} />,
          parcel.reason && plainCode(parcel.reason),
          parcel.tracking?.number,
          ageText(parcel.since, now),
        ],
      })}
    />
  );
}
