import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import { act } from "../../data/acting.ts";
import { ActionDialog } from "../../parts/ActionDialog.tsx";
import { Acts } from "../../parts/Acts.tsx";
import { said } from "../../parts/said.ts";
import { useMay, useSession } from "../../session/session.ts";
import { Asks } from "./Asks.tsx";
import { canCancel, canHold, canReturn, startsAgain } from "./allowed.ts";
import type { Read } from "./reading.ts";

const AT = "/api/v1/prescriptions/{prescription_id}";

/** What may be done with the prescription whatever its stage; the stages' own acts are below. */
export function Actions({ read }: { read: Read }) {
  const { rx, etag } = read;
  const path = { prescription_id: rx.id };
  const may = {
    hold: useMay("hold_prescription"),
    assign: useMay("assign_prescription"),
    redrive: useMay("redrive_prescription"),
    release: useMay("release_prescription"),
    write: useMay("write_to_prescriber"),
    cancel: useMay("cancel_prescription"),
  };
  return (
    <Acts label="Actions">
      {may.assign && <Assign read={read} />}
      <ActionDialog
        offered={Boolean(may.hold && !rx.hold)}
        label="Hold"
        because={canHold(rx.status)}
        words="It stops before its next stage until somebody lets it go on."
        act={(form) =>
          act("post", `${AT}/hold`, {
            path,
            etag,
            body: { reason: said(form, "reason"), note: said(form, "note") },
          })
        }
      >
        <NativeSelect name="reason" label="Reason" data={HOLDS} />
        <Textarea name="note" label="Why" required maxLength={500} />
      </ActionDialog>
      <ActionDialog
        offered={Boolean(may.hold && rx.hold)}
        label="Let it go on"
        words={`It was held by ${rx.hold?.by}: ${rx.hold?.reason}.`}
        act={(form) =>
          act("post", `${AT}/hold/release`, { path, etag, body: { note: said(form, "note") } })
        }
      >
        <Textarea name="note" label="Why it may go on" required maxLength={500} />
      </ActionDialog>
      <ActionDialog
        offered={Boolean(may.redrive)}
        label="Redrive"
        words="The failed step runs again; whatever was done already is not done twice."
        because={rx.status === "failed" ? null : "It has not failed."}
        act={() => act("post", `${AT}/redrive`, { path, etag })}
      />
      <ActionDialog
        offered={Boolean(may.release && startsAgain(rx.status))}
        label="Take up again"
        words={`It goes on where it came to rest. ${startsAgain(rx.status) ?? ""}`}
        act={(form) =>
          act("post", `${AT}/release`, { path, etag, body: { note: said(form, "note") } })
        }
      >
        <Textarea name="note" label="Why it may go on" required maxLength={500} />
      </ActionDialog>
      {may.write && <Asks read={read} />}
      {may.write && <ReturnIt read={read} />}
      <ActionDialog
        offered={Boolean(may.cancel)}
        label="Cancel prescription"
        words="Its claim is taken back, money refunded, an unscanned label returned, and the patient told."
        danger
        because={canCancel(rx.status)}
        act={(form) =>
          act("post", `${AT}/cancel`, { path, etag, body: { reason: said(form, "reason") } })
        }
      >
        <NativeSelect
          name="reason"
          label="Reason"
          data={[
            { value: "ops_request", label: "Asked for by staff" },
            { value: "patient_request", label: "Asked for by the patient" },
            { value: "prescriber_request", label: "Asked for by the prescriber" },
            { value: "duplicate", label: "Duplicate" },
          ]}
        />
      </ActionDialog>
    </Acts>
  );
}

function Assign({ read: { rx } }: { read: Read }) {
  const { username, user_id } = useSession();
  const path = { prescription_id: rx.id };
  const isMine = rx.assignee === user_id || rx.assignee === username;
  return (
    <ActionDialog
      label={isMine ? "Give it away" : "Assign"}
      words={rx.assignee ? `It is ${rx.assignee}'s now.` : "Nobody works on it yet."}
      act={(form) =>
        act("post", `${AT}/assignment`, {
          path,
          body: { assignee: said(form, "assignee") || null, taken_from: rx.assignee ?? null },
        })
      }
    >
      <TextInput
        name="assignee"
        label="Who works on it (empty: nobody)"
        defaultValue={isMine ? "" : username}
        maxLength={100}
      />
    </ActionDialog>
  );
}

const HOLDS = [
  { value: "asked_patient", label: "A question to the patient" },
  { value: "asked_prescriber", label: "A question to the prescriber" },
  { value: "clinical_review", label: "A pharmacist looks at it" },
  { value: "other", label: "Something else" },
];

const REASONS = [
  { value: "identifier_wrong", label: "An identifier is wrong" },
  { value: "patient_unclear", label: "It is not clear who the patient is" },
  { value: "drug_unclear", label: "It is not clear which drug is meant" },
  { value: "directions_unclear", label: "The directions are not clear" },
  { value: "not_valid", label: "It is not valid" },
  { value: "clinical_concern", label: "Clinical concern" },
  { value: "duplicate", label: "Duplicate" },
  { value: "not_covered", label: "Not covered" },
  { value: "no_pharmacy", label: "No pharmacy" },
  { value: "other", label: "Something else" },
];

function ReturnIt({ read: { rx, etag } }: { read: Read }) {
  const path = { prescription_id: rx.id };
  return (
    <ActionDialog
      label="Return to prescriber"
      words="The prescriber hears why; what was done for it is undone."
      danger
      because={canReturn(rx.status)}
      act={(form) =>
        act("post", `${AT}/return`, {
          path,
          etag,
          body: { reason: said(form, "reason") as "other", text: said(form, "text") },
        })
      }
    >
      <NativeSelect name="reason" label="Reason" data={REASONS} />
      <Textarea name="text" label="Words for the prescriber" required maxLength={70} />
    </ActionDialog>
  );
}
