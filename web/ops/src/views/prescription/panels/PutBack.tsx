import { NativeSelect, Text } from "@mantine/core";
import { act } from "../../../data/acting.ts";
import { ActionDialog } from "../../../parts/ActionDialog.tsx";
import { said } from "../../../parts/said.ts";
import { momentText } from "../../../parts/when.ts";
import { useMay, useSession } from "../../../session/session.ts";
import { latest } from "../reading.ts";
import type { PanelProps } from "./panels.ts";

const AT = "/api/v1/prescriptions/{prescription_id}/restock";
const WHERE = [
  { value: "restocked", label: "It is back in stock" },
  { value: "discarded", label: "It was thrown away" },
  { value: "quarantined", label: "It left the pharmacy and is in quarantine" },
];

/** Medicine that was dispensed and then cancelled: what became of it. */
export function PutBack({ read: { rx, etag } }: PanelProps) {
  const paper = latest(rx, "restock");
  const { pharmacies } = useSession();
  const may = useMay("dispense_prescription");
  if (!paper) return null;
  if (paper.disposal) {
    return (
      <Text size="sm">
        The medicine was {paper.disposal} by {paper.by},{" "}
        {paper.done_at && momentText(paper.done_at)}.
      </Text>
    );
  }
  const isMine = pharmacies.includes(paper.pharmacy_id);
  return (
    <>
      <Text size="sm">
        The medicine is still at {paper.pharmacy_id}: it was dispensed and cancelled since.
      </Text>
      <ActionDialog
        label="Say what became of it"
        words="What has left the pharmacy is never restocked."
        offered={may}
        because={isMine ? null : "Only a pharmacist of that pharmacy does this."}
        act={(form) =>
          act("post", AT, {
            path: { prescription_id: rx.id },
            etag,
            body: { disposal: said(form, "disposal") as "restocked" },
          })
        }
      >
        <NativeSelect name="disposal" label="Where it is" data={WHERE} />
      </ActionDialog>
    </>
  );
}
