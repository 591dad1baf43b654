import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { Fragment } from "react";
import { act } from "../../../data/acting.ts";
import { ActionDialog } from "../../../parts/ActionDialog.tsx";
import { Acts } from "../../../parts/Acts.tsx";
import { said } from "../../../parts/said.ts";
import { useMay } from "../../../session/session.ts";
import { askedBy, decisionsOf, repliesOf } from "./claimWords.ts";
import { RESULTS, SERVICES } from "./dur.ts";

type ClaimView = Model<"ClaimView">;

const AT = "/api/v1/claims/{prescription_id}";
const NOTE = <Textarea name="note" label="Why" required minLength={3} maxLength={1000} />;

interface ChoiceProps {
  view: ClaimView;
  etag: string;
}

/** What may be done about a rejected claim: what the API names, as far as the roles go. */
export function ClaimChoices({ view, etag }: ChoiceProps) {
  const may = useMay("work_on_claim");
  const mayAnswer = useMay("answer_review");
  const can = (name: string) => view.actions.includes(name);
  return (
    <Acts label="What may be done about the claim">
      {mayAnswer && <Review view={view} etag={etag} isOffered={can("answer_review")} />}
      {may && <Authorization view={view} etag={etag} />}
      {may && <Rebill view={view} etag={etag} isOffered={can("rebill")} />}
      <ActionDialog
        offered={may && can("pay_cash")}
        label="Cash price"
        words="Nobody is billed: the patient pays the cash price."
        act={(form) =>
          act("post", `${AT}/cash`, {
            path: { prescription_id: view.prescription_id },
            etag,
            body: { note: said(form, "note") },
          })
        }
      >
        {NOTE}
      </ActionDialog>
    </Acts>
  );
}

type OfferedProps = ChoiceProps & { isOffered: boolean };

function Rebill({ view, etag, isOffered }: OfferedProps) {
  return (
    <ActionDialog
      offered={isOffered}
      label="Bill again"
      words="The claim goes out again; leave the insurance as it is, or put it right."
      act={(form) =>
        act("post", `${AT}/rebill`, {
          path: { prescription_id: view.prescription_id },
          etag,
          body: { note: said(form, "note"), insurance: insuranceOf(form) },
        })
      }
    >
      {NOTE}
      <TextInput name="bin" label="BIN (empty: as the patient entered it)" pattern="\d{6}|\d{8}" />
      <TextInput name="pcn" label="PCN" maxLength={10} />
      <TextInput name="group" label="Group" maxLength={15} />
      <TextInput name="member" label="Member id" maxLength={20} />
    </ActionDialog>
  );
}

/** The codes of the payer's own alert come first: that is what it asks about. */
function Review({ view, etag, isOffered }: OfferedProps) {
  const asked = askedBy(view);
  return (
    <ActionDialog
      offered={isOffered}
      label="Answer the review"
      words="A pharmacist's answer goes to the payer with the claim (NCPDP E4, E5, E6)."
      act={(form) =>
        act("post", `${AT}/review`, {
          path: { prescription_id: view.prescription_id },
          etag,
          body: { note: said(form, "note"), replies: repliesOf(form, asked.length) },
        })
      }
    >
      {asked.map(({ key, words, reasons }, place) => (
        <Fragment key={key}>
          <NativeSelect name={`reason ${place}`} label={`Reason (E4)${words}`} data={reasons} />
          <NativeSelect name={`service ${place}`} label={`Service (E5)${words}`} data={SERVICES} />
          <NativeSelect name={`result ${place}`} label={`Result (E6)${words}`} data={RESULTS} />
        </Fragment>
      ))}
      {NOTE}
    </ActionDialog>
  );
}

function Authorization({ view, etag }: ChoiceProps) {
  const decisions = decisionsOf(view.actions);
  return (
    <ActionDialog
      offered={decisions.length > 0}
      label="Prior authorization"
      words="Ask the payer for one, or enter what it, or the prescriber, has decided."
      act={(form) =>
        act("post", `${AT}/authorization`, {
          path: { prescription_id: view.prescription_id },
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
      <NativeSelect name="decision" label="What" data={decisions} />
      <TextInput
        name="number"
        label="Authorization number (when approved)"
        inputMode="numeric"
        pattern="\d{1,11}"
        title="At most eleven digits"
      />
      <TextInput name="until" label="Good until" type="date" />
      {NOTE}
    </ActionDialog>
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
