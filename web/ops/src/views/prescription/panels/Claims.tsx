import { Alert, Loader, Stack, Text } from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { moneyText } from "@pharmonico/shared/money.ts";
import { useLive } from "../../../data/live.ts";
import { Facts } from "../../../parts/Facts.tsx";
import { Section } from "../../../parts/Section.tsx";
import { claimDayText } from "../../../parts/when.ts";
import { plainCode } from "../../../parts/words.ts";
import { Trouble } from "../../../shell/Trouble.tsx";
import { ClaimChoices } from "./ClaimChoices.tsx";
import styles from "./Claims.module.css";
import { nextStepText } from "./claimWords.ts";
import type { PanelProps } from "./panels.ts";

type ClaimView = Model<"ClaimView">;

const AT = "/api/v1/claims/{prescription_id}";

/** What payers said, in words, and what may be done about it. */
export function Claims({ read }: PanelProps) {
  const path = { prescription_id: read.rx.id };
  const { data, error } = useLive(AT, { path });
  if (error && !data) return <Trouble error={error} />;
  if (!data) return <Loader size="sm" />;
  const view = data.body;
  return (
    <Section title="Claims">
      <Stack gap="md">
        {view.meanings.length > 0 && (
          <Alert
            color="red"
            title={view.meanings.map(({ code, words }) => `${code} ${words}`).join("; ")}
          >
            {view.next_step && nextStepText(view.next_step)}
          </Alert>
        )}
        <ClaimChoices view={view} etag={data.etag || read.etag} />
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
      <Text fw={600} size="sm" mb="xs">
        {claim.bin} {claim.pcn} · {plainCode(claim.status)}
      </Text>
      <Facts
        facts={[
          ["Rx number, fill", `${claim.rx_number}, ${claim.fill_number}`],
          ["Date of service", claimDayText(claim.date_of_service)],
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
