import { ageText } from "@pharmonico/shared/time.ts";
import { usePages } from "../../data/usePages.ts";
import { nextStepText } from "../prescription/panels/claimWords.ts";
import { useTotal } from "./total.ts";
import { WorkTable } from "./WorkTable.tsx";

const ASKED = { query: { limit: 50, sort: "oldest" as const } };
const COLUMNS = ["Medication", "Plan", "Rejected because", "Next step", "Since"];

/** Rejected claims, the oldest first, the code in words beside what it calls for. */
export function Rejections({ open }: { open: (id: string) => void }) {
  const pages = usePages("/api/v1/claims", ASKED);
  const total = useTotal("adjudication", ["claim_rejected"]);
  const now = Date.now();
  return (
    <WorkTable
      title="Rejected claims"
      columns={COLUMNS}
      pages={pages}
      total={total}
      open={open}
      workOf={(claim) => ({
        id: claim.prescription_id,
        patient: claim.patient_name,
        cells: [
          claim.drug,
          claim.plan,
          `${claim.code} ${claim.words}`,
          nextStepText(claim.next_step),
          ageText(claim.since, now),
        ],
      })}
    />
  );
}
