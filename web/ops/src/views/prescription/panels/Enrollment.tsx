import { List, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { call } from "@pharmonico/shared/api/call.ts";
import { masked } from "@pharmonico/shared/masked.ts";
import { useState } from "react";
import { act } from "../../../data/acting.ts";
import { ActionDialog } from "../../../parts/ActionDialog.tsx";
import { Acts } from "../../../parts/Acts.tsx";
import { Facts } from "../../../parts/Facts.tsx";
import { FileReady } from "../../../parts/FileReady.tsx";
import { Section } from "../../../parts/Section.tsx";
import { said } from "../../../parts/said.ts";
import { momentText } from "../../../parts/when.ts";
import { useMay } from "../../../session/session.ts";
import { type Detail, latest, papers } from "../reading.ts";
import { ByPhone } from "./ByPhone.tsx";
import type { PanelProps } from "./panels.ts";

const AT = "/api/v1/prescriptions/{prescription_id}";
const OPEN = ["validated", "awaiting_enrollment", "enrollment_expired"];

const ASKED = [
  { value: "card", label: "A picture of the card" },
  { value: "insurance", label: "The insurance, once more" },
];

/** How far the patient has come, and the invitation. */
export function Enrollment({ read: { rx } }: PanelProps) {
  const paper = latest(rx, "enrollment");
  const may = useMay("start_enrollment") && OPEN.includes(rx.status);
  const path = { prescription_id: rx.id };
  const isOpen = paper && !paper.submitted_at && !paper.revoked;
  return (
    <Section title="Enrollment">
      <Stack gap="sm">
        {may && (
          <Acts label="Invitation">
            <ByPhone rx={rx} />
            <ActionDialog
              label={paper ? "Send a new invitation" : "Invite the patient"}
              words="The patient gets a link; an older one ends with it."
              act={(form) =>
                act("post", "/api/v1/enrollments", {
                  body: { prescription_id: rx.id, contact: contactOf(form) },
                })
              }
            >
              <TextInput
                name="email"
                type="email"
                label="E-mail (empty: as the prescriber gave it)"
              />
              <TextInput name="phone" type="tel" label="Phone (empty: as the prescriber gave it)" />
            </ActionDialog>
            <ActionDialog
              offered={Boolean(isOpen)}
              label="Ask for one thing"
              words="The patient gets a message with a new link that leads there; an older one ends with it."
              act={(form) =>
                act("post", `${AT}/enrollment/ask`, {
                  path,
                  body: { what: said(form, "what") as "card" },
                })
              }
            >
              <NativeSelect name="what" label="What is asked for" data={ASKED} />
            </ActionDialog>
            <ActionDialog
              offered={Boolean(isOpen)}
              label="Revoke"
              words="The link and every open session of the patient end."
              danger
              act={() => act("post", `${AT}/enrollment/revoke`, { path })}
            />
          </Acts>
        )}
        {paper ? <Pages paper={paper} /> : <Text size="sm">Nobody has been invited yet.</Text>}
        {papers(rx, "signed_record").length > 0 && <SignedRecord rx={rx} />}
      </Stack>
    </Section>
  );
}

type Paper = NonNullable<ReturnType<typeof latest<"enrollment">>>;

function Pages({ paper }: { paper: Paper }) {
  const { insurance, secondary, delivery, consent, cards } = paper;
  const pages: [string, boolean][] = [
    ["Insurance", Boolean(insurance)],
    ["Second coverage", Boolean(secondary)],
    ["Card photos", Object.keys(cards).length > 0],
    ["Delivery", Boolean(delivery)],
    ["Consent", Boolean(consent)],
  ];
  return (
    <Stack gap="sm">
      <List size="sm" aria-label="Pages">
        {pages.map(([name, isSaved]) => (
          <List.Item key={name}>
            {name}: {isSaved ? "saved" : "not yet"}
          </List.Item>
        ))}
      </List>
      <Facts
        facts={[
          ["Invited", paper.invited_at && momentText(paper.invited_at)],
          ["Links sent", paper.links_sent],
          ["Reminded on day", paper.reminded_day || null],
          ["Submitted", paper.submitted_at && momentText(paper.submitted_at)],
          ["Locked", paper.locked ? "five wrong birth dates" : null],
          ["BIN, PCN", insurance && `${insurance.bin} ${insurance.pcn}`],
          ["Member id", insurance && masked(insurance.member_id)],
          ["Deliver to", delivery && `${delivery.city}, ${delivery.state} ${delivery.postal_code}`],
          ["Signed by", consent && `${consent.signed_name} (${consent.signer})`],
        ]}
      />
    </Stack>
  );
}

/** Reading it is audited, so its address is asked for when somebody presses. */
function SignedRecord({ rx }: { rx: Detail }) {
  const [url, setUrl] = useState("");
  const path = { prescription_id: rx.id };
  return (
    <>
      <ActionDialog
        label="Open the signed record"
        words="What the patient agreed to, as a PDF. Opening it is recorded."
        act={async () => setUrl((await call("get", `${AT}/consent-record`, { path })).url)}
      />
      {url && (
        <FileReady
          title="The signed record"
          label="Open the PDF"
          url={url}
          close={() => setUrl("")}
        />
      )}
    </>
  );
}

function contactOf(form: FormData) {
  const email = String(form.get("email") ?? "").trim();
  const phone = String(form.get("phone") ?? "").trim();
  if (!email && !phone) return null;
  return { email: email || null, phone: phone || null };
}
