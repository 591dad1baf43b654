import { Alert, NativeSelect, Stack, Text, Textarea, TextInput } from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { moneyText } from "@pharmonico/shared/money.ts";
import { act } from "../../../data/acting.ts";
import { useLive } from "../../../data/live.ts";
import { ActionDialog } from "../../../parts/ActionDialog.tsx";
import { Acts } from "../../../parts/Acts.tsx";
import { Facts } from "../../../parts/Facts.tsx";
import { Section } from "../../../parts/Section.tsx";
import { said } from "../../../parts/said.ts";
import { plainCode } from "../../../parts/words.ts";
import { useMay } from "../../../session/session.ts";
import { Trouble } from "../../../shell/Trouble.tsx";
import styles from "./Claims.module.css";
import { REASONS, RESULTS, SERVICES } from "./dur.ts";
import type { PanelProps } from "./panels.ts";

type ClaimView = Model<"ClaimView">;

const AT = "/api/v1/claims/{prescription_id}";

/** What payers said, in words, and what may be done about it. */
export function Claims({ read }: PanelProps) {
  const path = { prescription_id: read.rx.id };
  const { data, error } = useLive(AT, { path });
  if (error && !data) return <Trouble error={error} />;
  if (!data) return null;
  const view = data.body;
  return (
    <Section title="Claims">
      <Stack gap="md">
        {view.meanings.length > 0 && (
          <Alert
            color="red"
            title={view.meanings.map(({ code, words }) => `${code} ${words}`).join("; ")}
          >
            {view.next_step}
          </Alert>
        )}
        <Choices view={view} etag={data.etag || read.etag} />
        {view.claims.map((claim) => (
          <Claim key={claim.claim_id} claim={claim} />
        ))}
      </Stack>
    </Section>
  );
}

function Claim({ claim }: { claim: ClaimView["claims"][number] }) {
  const money = (amount: Parameters<typeof moneyText>[0] | null | undefined) =>
    amount ? moneyText(amount) : null;
  return (
    <div>
      <Text fw={600} size="sm">
        {claim.bin} {claim.pcn} · {plainCode(claim.status)}
      </Text>
      <Facts
        facts={[
          ["Rx number, fill", `${claim.rx_number}, ${claim.fill_number}`],
          ["Date of service", claim.date_of_service],
          ["Plan paid", money(claim.plan_paid)],
          ["Patient pays", money(claim.patient_pay)],
          ["Deductible", money(claim.deductible)],
          ["Copay", money(claim.copay)],
          ["Coinsurance", money(claim.coinsurance)],
          ["Ingredient", money(claim.ingredient)],
          ["Dispensing fee", money(claim.dispensing_fee)],
          ["Authorization", claim.authorization],
          ["Payer's words", claim.message],
          ["Rejects", claim.reject_codes.join(", ")],
        ]}
      />
      {claim.alerts.map((alert) => (
        <Text key={JSON.stringify(alert)} size="sm" className={styles.alert}>
          Review: {Object.values(alert).filter(Boolean).map(String).join(" · ")}
        </Text>
      ))}
    </div>
  );
}

function Choices({ view, etag }: { view: ClaimView; etag: string }) {
  const path = { prescription_id: view.prescription_id };
  const may = useMay("work_on_claim");
  const mayAnswer = useMay("answer_review");
  const can = (name: string) => may && view.actions.includes(name);
  const note = <Textarea name="note" label="Why" required maxLength={500} />;
  return (
    <Acts label="What may be done about the claim">
      <ActionDialog
        offered={Boolean(can("rebill"))}
        label="Bill again"
        words="The claim goes out again; leave the insurance as it is, or put it right."
        act={(form) =>
          act("post", `${AT}/rebill`, {
            path,
            etag,
            body: { note: said(form, "note"), insurance: insuranceOf(form) },
          })
        }
      >
        {note}
        <TextInput name="bin" label="BIN (empty: as the patient entered it)" />
        <TextInput name="pcn" label="PCN" />
        <TextInput name="group" label="Group" />
        <TextInput name="member" label="Member id" />
      </ActionDialog>
      <ActionDialog
        offered={Boolean(mayAnswer && view.actions.includes("review"))}
        label="Answer the review"
        words="A pharmacist's answer goes to the payer with the claim (NCPDP E4, E5, E6)."
        act={(form) =>
          act("post", `${AT}/review`, {
            path,
            etag,
            body: {
              note: said(form, "note"),
              replies: [
                {
                  reason: said(form, "reason"),
                  service: said(form, "service"),
                  result: said(form, "result"),
                },
              ],
            },
          })
        }
      >
        <NativeSelect name="reason" label="Reason (E4)" data={REASONS} />
        <NativeSelect name="service" label="Service (E5)" data={SERVICES} />
        <NativeSelect name="result" label="Result (E6)" data={RESULTS} />
        {note}
      </ActionDialog>
      <ActionDialog
        offered={Boolean(can("authorization"))}
        label="Prior authorization"
        words="Ask the payer for one, or enter what it, or the prescriber, has decided."
        act={(form) =>
          act("post", `${AT}/authorization`, {
            path,
            etag,
            body: {
              decision: said(form, "decision") as "ask",
              note: said(form, "note"),
              number: said(form, "number"),
              until: said(form, "until") || null,
            },
          })
        }
      >
        <NativeSelect
          name="decision"
          label="What"
          data={[
            { value: "ask", label: "Ask the payer" },
            { value: "approve", label: "It was approved" },
            { value: "deny", label: "It was denied" },
            { value: "appeal", label: "Appeal" },
          ]}
        />
        <TextInput name="number" label="Authorization number (when approved)" />
        <TextInput name="until" label="Good until" type="date" />
        {note}
      </ActionDialog>
      <ActionDialog
        offered={Boolean(can("cash"))}
        label="Cash price"
        words="Nobody is billed: the patient pays the cash price."
        act={(form) =>
          act("post", `${AT}/cash`, { path, etag, body: { note: said(form, "note") } })
        }
      >
        {note}
      </ActionDialog>
    </Acts>
  );
}

function insuranceOf(form: FormData) {
  const bin = said(form, "bin");
  if (!bin) return null;
  return {
    bin,
    pcn: said(form, "pcn"),
    group: said(form, "group"),
    member_id: said(form, "member"),
    relationship: "1" as const,
  };
}
