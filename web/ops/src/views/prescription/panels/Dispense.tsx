import { NativeSelect, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { act } from "../../../data/acting.ts";
import { ActionDialog } from "../../../parts/ActionDialog.tsx";
import { Acts } from "../../../parts/Acts.tsx";
import { Facts } from "../../../parts/Facts.tsx";
import { Section } from "../../../parts/Section.tsx";
import { said } from "../../../parts/said.ts";
import { dayText, momentText } from "../../../parts/when.ts";
import { plainCode } from "../../../parts/words.ts";
import { useMay, useSession } from "../../../session/session.ts";
import { papers } from "../reading.ts";
import type { PanelProps } from "./panels.ts";

const AT = "/api/v1/prescriptions/{prescription_id}/dispense";

/** What the pharmacist of the chosen pharmacy hands out, puts in its place, or refuses. */
export function Dispense({ read: { rx, etag } }: PanelProps) {
  const path = { prescription_id: rx.id };
  const { pharmacies } = useSession();
  const may = useMay("dispense_prescription");
  const isMine = Boolean(rx.pharmacy_id && pharmacies.includes(rx.pharmacy_id));
  const because = isMine ? null : "Only a pharmacist of the chosen pharmacy does this.";
  const isDue = rx.status === "awaiting_dispense";
  return (
    <Section title="Dispensing">
      <Stack gap="sm">
        {may && isDue && (
          <Acts label="Dispensing">
            <ActionDialog
              label="Verify and dispense"
              words={`${rx.drug}. Check it beside the findings above.`}
              because={because}
              act={(form) =>
                act("post", AT, {
                  path,
                  etag,
                  body: {
                    action: "dispense",
                    ndc: said(form, "ndc"),
                    quantity: said(form, "quantity"),
                    lot: said(form, "lot"),
                    expires_on: said(form, "expires_on"),
                    counselling: said(form, "counselling") as "accepted",
                    rems_authorization: said(form, "rems") || null,
                    note: said(form, "note") || null,
                  },
                })
              }
            >
              <TextInput
                name="ndc"
                label="NDC on the package"
                defaultValue={rx.ndc ?? ""}
                required
              />
              <TextInput name="quantity" label="Quantity" inputMode="decimal" required />
              <TextInput name="lot" label="Lot" required />
              <TextInput name="expires_on" label="Expires on" type="date" required />
              <NativeSelect
                name="counselling"
                label="Counselling"
                data={[
                  { value: "accepted", label: "Offered and accepted" },
                  { value: "declined", label: "Offered and declined" },
                  { value: "not_offered", label: "Not offered" },
                ]}
              />
              <TextInput name="rems" label="REMS authorization (where the drug needs one)" />
              <Textarea name="note" label="Note (optional)" maxLength={500} />
            </ActionDialog>
            <ActionDialog
              label="Another package"
              words="Another maker's package of the same drug is billed anew first."
              because={because}
              act={(form) =>
                act("post", AT, {
                  path,
                  etag,
                  body: { action: "substitute", ndc: said(form, "ndc") },
                })
              }
            >
              <TextInput name="ndc" label="NDC" required />
            </ActionDialog>
            <ActionDialog
              label="Refuse"
              words="The claim is taken back and the prescription routed to another pharmacy."
              danger
              because={because}
              act={(form) =>
                act("post", AT, {
                  path,
                  etag,
                  body: {
                    action: "refuse",
                    reason: said(form, "reason"),
                    note: said(form, "note"),
                  },
                })
              }
            >
              <NativeSelect
                name="reason"
                label="Reason"
                data={[
                  { value: "out_of_stock", label: "Out of stock" },
                  { value: "clinical_concern", label: "Clinical concern" },
                  { value: "other", label: "Something else" },
                ]}
              />
              <Textarea name="note" label="In words" required maxLength={500} />
            </ActionDialog>
          </Acts>
        )}
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
            Refused by {paper.pharmacy_id}: {plainCode(paper.reason).toLowerCase()}. {paper.note}
          </Text>
        ))}
      </Stack>
    </Section>
  );
}
