import { Stack, Text } from "@mantine/core";
import { Acts } from "../../../parts/Acts.tsx";
import { Facts } from "../../../parts/Facts.tsx";
import { Section } from "../../../parts/Section.tsx";
import { dayText, momentText } from "../../../parts/when.ts";
import { plainCode } from "../../../parts/words.ts";
import { useMay, useSession } from "../../../session/session.ts";
import { papers, pharmacyName } from "../reading.ts";
import { Another, HandOut, Refuse } from "./AtTheCounter.tsx";
import { PatientHistory } from "./PatientHistory.tsx";
import { PutBack } from "./PutBack.tsx";
import type { PanelProps } from "./panels.ts";

/** What the pharmacist of the chosen pharmacy hands out, puts in its place, or refuses. */
export function Dispense({ read }: PanelProps) {
  const { rx } = read;
  const { pharmacies } = useSession();
  const may = useMay("dispense_prescription");
  const isMine = Boolean(rx.pharmacy_id && pharmacies.includes(rx.pharmacy_id));
  const because = isMine ? null : "Only a pharmacist of the chosen pharmacy does this.";
  return (
    <Section title="Dispensing">
      <Stack gap="sm">
        {may && rx.status === "awaiting_dispense" && (
          <Acts label="Dispensing">
            <HandOut read={read} because={because} />
            <Another read={read} because={because} />
            <Refuse read={read} because={because} />
          </Acts>
        )}
        {rx.status === "awaiting_dispense" && <PatientHistory id={rx.id} />}
        {papers(rx, "dispensing").map((paper) => (
          <Facts
            key={paper.key}
            facts={[
              ["Dispensed", momentText(paper.dispensed_at)],
              ["NDC", paper.dispensed_ndc],
              ["Quantity", paper.quantity],
              ["Still due", paper.remaining],
              ["Lot", paper.lot],
              ["Expires", paper.expires_on && dayText(paper.expires_on)],
              ["Counselling", paper.counselling && plainCode(paper.counselling)],
              [
                "Verified by",
                paper.automatic ? "nobody: dispensing is automatic here" : paper.verified_by,
              ],
            ]}
          />
        ))}
        {papers(rx, "refusal").map((paper) => (
          <Text key={paper.key} size="sm">
            Refused by {pharmacyName(rx, paper.pharmacy_id)}:{" "}
            {plainCode(paper.reason).toLowerCase()}. {paper.note}
          </Text>
        ))}
        <PutBack read={read} />
      </Stack>
    </Section>
  );
}
