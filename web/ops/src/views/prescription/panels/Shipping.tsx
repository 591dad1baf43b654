import {
  Alert,
  Anchor,
  Checkbox,
  Loader,
  NativeSelect,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { moneyText } from "@pharmonico/shared/money.ts";
import { act } from "../../../data/acting.ts";
import { useLive } from "../../../data/live.ts";
import { ActionDialog } from "../../../parts/ActionDialog.tsx";
import { Acts } from "../../../parts/Acts.tsx";
import { Facts } from "../../../parts/Facts.tsx";
import { Section } from "../../../parts/Section.tsx";
import { said } from "../../../parts/said.ts";
import { dayText } from "../../../parts/when.ts";
import { plainCode } from "../../../parts/words.ts";
import { useMay } from "../../../session/session.ts";
import { Trouble } from "../../../shell/Trouble.tsx";
import type { PanelProps } from "./panels.ts";

type ParcelView = Model<"ParcelView">;

const AT = "/api/v1/shipments/{prescription_id}";

/** The parcel with every label it had, why it travels as it does, and what may be done. */
export function Shipping({ read }: PanelProps) {
  const path = { prescription_id: read.rx.id };
  const { data, error } = useLive(AT, { path });
  const mayRead = useMay("read_label");
  if (error && !data) return <Trouble error={error} />;
  if (!data) return <Loader size="sm" />;
  const view = data.body;
  const label = mayRead && view.shipments.some((one) => one.tracking_number && !one.voided) && (
    <Anchor size="sm" href={`/api/v1/shipments/${view.prescription_id}/label`} target="_blank">
      Label (PDF)
    </Anchor>
  );
  return (
    <Section title="Parcel" aside={label}>
      <Stack gap="sm">
        {view.reason && <Alert color="red" title={plainCode(view.reason)} />}
        <Choices view={view} etag={data.etag || read.etag} />
        {view.delivery && (
          <Text size="sm">
            To {view.delivery.name}, {view.delivery.line1} {view.delivery.line2},{" "}
            {view.delivery.city} {view.delivery.state} {view.delivery.postal_code}
          </Text>
        )}
        {view.shipments.map((one) => (
          <Facts
            key={one.key}
            facts={[
              ["Tracking", one.tracking_number],
              ["Service", [one.carrier?.toUpperCase(), one.service].filter(Boolean).join(" ")],
              ["Chosen by", one.choice?.rules.map(plainCode).join(", ")],
              ["Leaves", one.choice && dayText(one.choice.leaves_on)],
              ["Promised", one.promised_on && dayText(one.promised_on)],
              ["Signature", one.choice?.signed ? "asked for" : null],
              ["Cost", one.cost && moneyText(one.cost)],
              ["Label", one.voided ? "taken back" : null],
            ]}
          />
        ))}
      </Stack>
    </Section>
  );
}

function Choices({ view, etag }: { view: ParcelView; etag: string }) {
  const path = { prescription_id: view.prescription_id };
  const may = useMay("work_on_shipment");
  const can = (name: string) => may && view.actions.includes(name);
  const note = <Textarea name="note" label="How it is known" required maxLength={500} />;
  return (
    <Acts label="What may be done about the parcel">
      <ActionDialog
        offered={Boolean(can("withdraw_label"))}
        label="Take the label back"
        words="It has not been scanned yet: it is voided and a new one can be bought."
        danger
        act={(form) =>
          act("post", `${AT}/void`, { path, etag, body: { note: said(form, "note") } })
        }
      >
        {note}
      </ActionDialog>
      <ActionDialog
        offered={Boolean(can("correct_address") && view.delivery)}
        label="Put the address right"
        words="The parcel is sent there; what the patient entered stays beside it."
        act={(form) =>
          act("post", `${AT}/address`, {
            path,
            etag,
            body: {
              note: said(form, "note"),
              delivery: {
                ...view.delivery,
                name: said(form, "name"),
                line1: said(form, "line1"),
                line2: said(form, "line2"),
                city: said(form, "city"),
                state: said(form, "state"),
                postal_code: said(form, "postal_code"),
              },
            } as never,
          })
        }
      >
        <TextInput name="name" label="Name" defaultValue={view.delivery?.name} required />
        <TextInput name="line1" label="Street" defaultValue={view.delivery?.line1} required />
        <TextInput name="line2" label="Unit (optional)" defaultValue={view.delivery?.line2} />
        <TextInput name="city" label="City" defaultValue={view.delivery?.city} required />
        <TextInput name="state" label="State" defaultValue={view.delivery?.state} required />
        <TextInput
          name="postal_code"
          label="ZIP"
          defaultValue={view.delivery?.postal_code}
          required
        />
        {note}
      </ActionDialog>
      <ActionDialog
        offered={Boolean(can("settle"))}
        label="Settle"
        words="What became of the parcel, and whether payer and patient get their money back."
        act={(form) =>
          act("post", `${AT}/settlement`, {
            path,
            etag,
            body: {
              fate: said(form, "fate") as "returned",
              reverse_claim: form.get("reverse") === "on",
              note: said(form, "note"),
            },
          })
        }
      >
        <NativeSelect
          name="fate"
          label="It is"
          data={[
            {
              value: "returned",
              label: "returned to the pharmacy (quarantined, never restocked)",
            },
            { value: "lost", label: "lost" },
          ]}
        />
        <Checkbox name="reverse" label="Take the claim back and refund the patient" />
        {note}
      </ActionDialog>
    </Acts>
  );
}
