import { Alert, Loader, NumberInput, Stack, Text, Textarea, TextInput } from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { moneyText } from "@pharmonico/shared/money.ts";
import { act } from "../../../data/acting.ts";
import { useLive } from "../../../data/live.ts";
import { ActionDialog } from "../../../parts/ActionDialog.tsx";
import { Acts } from "../../../parts/Acts.tsx";
import { Facts } from "../../../parts/Facts.tsx";
import { Section } from "../../../parts/Section.tsx";
import { momentText } from "../../../parts/when.ts";
import { plainCode } from "../../../parts/words.ts";
import { useMay } from "../../../session/session.ts";
import { Trouble } from "../../../shell/Trouble.tsx";
import styles from "./Claims.module.css";
import type { PanelProps } from "./panels.ts";

type View = Model<"PaymentView">;

const AT = "/api/v1/payments/{prescription_id}";
const PAYABLE = ["awaiting_payment", "payment_failed", "payment_expired"];

/** Every attempt of the patient to pay, what came, what went back, and what people settle. */
export function Payment({ read }: PanelProps) {
  const { rx } = read;
  const path = { prescription_id: rx.id };
  const { data, error } = useLive(AT, { path });
  const maySend = useMay("create_payment_link") && PAYABLE.includes(rx.status);
  const send = maySend && (
    <ActionDialog
      label="Send a new link"
      words="The old page closes and the patient gets a new one."
      act={() => act("post", "/api/v1/payments", { body: { prescription_id: rx.id } })}
    />
  );
  return (
    <Section title="Payment" aside={send}>
      {error && !data && <Trouble error={error} />}
      {!error && !data && <Loader size="sm" />}
      <Stack gap="md">
        {data?.body.alerts.map((alert) => (
          <Alert key={alert} color="yellow" title={plainCode(alert)} />
        ))}
        {data?.body.payments.map((view) => (
          <Attempt key={view.attempt} view={view} id={rx.id} etag={data.etag || read.etag} />
        ))}
        {data?.body.payments.length === 0 && <Text size="sm">Nothing was asked for yet.</Text>}
      </Stack>
    </Section>
  );
}

function Attempt({ view, id, etag }: { view: View; id: string; etag: string }) {
  const path = { prescription_id: id };
  const may = useMay("settle_payment");
  const { currency } = view.amount;
  const money = (minor: number) => moneyText({ amount_minor: minor, currency });
  return (
    <div>
      <Text fw={600} size="sm" mb="xs">
        Attempt {view.attempt}: {moneyText({ ...view.amount, currency })} · {plainCode(view.status)}
      </Text>
      {view.is_held && (
        <Text size="sm" c="red">
          Another amount came than was asked for: accept it or give it back.
        </Text>
      )}
      <Facts
        facts={[
          ["Came", view.taken_minor ? money(view.taken_minor) : null],
          ["Went back", view.back_minor ? money(view.back_minor) : null],
          ["Declined cards", view.declines || null],
          ["Problem", view.problem && plainCode(view.problem)],
        ]}
      />
      {view.refunds.map((refund) => (
        <Text key={refund.key} size="sm" className={styles.alert}>
          Refund {money(refund.amount.amount_minor)}, {plainCode(refund.status).toLowerCase()},{" "}
          {plainCode(refund.reason).toLowerCase()}, {momentText(refund.at)}
        </Text>
      ))}
      {view.disputes.map((dispute) => (
        <Text key={dispute.dispute_id} size="sm" c="red">
          Disputed at the bank ({dispute.reason}), {dispute.status}, {momentText(dispute.heard_at)}
        </Text>
      ))}
      {may && (
        <Acts label={`Attempt ${view.attempt}`}>
          <ActionDialog
            offered={Boolean(view.left_minor > 0)}
            label="Refund"
            words={`At most ${money(view.left_minor)} can go back.`}
            danger
            act={(form) =>
              act("post", `${AT}/refunds`, {
                path,
                etag,
                body: {
                  reason: String(form.get("reason")),
                  note: String(form.get("note")).trim(),
                  amount_minor: Math.round(Number(form.get("amount")) * 100) || null,
                  attempt: view.attempt,
                },
              })
            }
          >
            <NumberInput
              name="amount"
              label="Amount"
              defaultValue={view.left_minor / 100}
              min={0.01}
              max={view.left_minor / 100}
              decimalScale={2}
              fixedDecimalScale
              hideControls
            />
            <TextInput
              name="reason"
              label="Reason"
              defaultValue="ops"
              pattern="[a-z][a-z_]+"
              required
            />
            <Textarea name="note" label="In words" required maxLength={500} />
          </ActionDialog>
          <ActionDialog
            offered={Boolean(view.is_held)}
            label="Accept what came"
            words="The amount that came is taken as the whole payment."
            act={(form) =>
              act("post", `${AT}/accept`, {
                path,
                etag,
                body: { attempt: view.attempt, note: String(form.get("note")).trim() },
              })
            }
          >
            <Textarea name="note" label="Why" required maxLength={500} />
          </ActionDialog>
        </Acts>
      )}
    </div>
  );
}
