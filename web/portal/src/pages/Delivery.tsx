import { call } from "@pharmonico/shared/api/call.ts";
import { Problem } from "@pharmonico/shared/api/problem.ts";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { delivery } from "../form/checks.ts";
import { Form, type Values } from "../form/Form.tsx";
import { RadioField, SelectField, TextField } from "../form/fields.tsx";
import { type Answers, OpenWithAnswers } from "../page/Guard.tsx";
import { Page, useWrongs } from "../page/Page.tsx";
import { useSession } from "../session.tsx";
import { useWords } from "../words/words.tsx";
import { addressOf } from "./Answers.tsx";
import { Kept } from "./coverage.tsx";
import { STATES } from "./states.ts";

type Place = Model<"Delivery">;

interface Choice {
  own: Place;
  suggested: Place;
}

/** The address, held against the carriers' spelling; the patient has the last word. */
export function DeliveryPage() {
  const { t } = useWords();
  const { query, route } = useLocation();
  const { keep } = useSession();
  const [choice, setChoice] = useState<Choice | null>(null);
  const next = query.from === "check" ? "/check" : "/tasks";
  const save = async (body: Place) => {
    keep(await call("put", "/api/v1/portal/enrollment/delivery", { body }));
    route(next);
  };
  return (
    <Page
      title={t(choice ? "spelling.title" : "delivery.title")}
      step={choice ? "spelling" : "address"}
      back={next}
    >
      <OpenWithAnswers>
        {(found, answers) =>
          choice ? (
            <Spelling choice={choice} save={save} />
          ) : (
            <>
              {found.pages.delivery && !answers ? <Kept /> : <p>{t("delivery.text")}</p>}
              <AddressForm place={answers?.delivery} save={save} choose={setChoice} />
            </>
          )
        }
      </OpenWithAnswers>
    </Page>
  );
}

interface AddressFormProps {
  place: Answers["delivery"] | undefined;
  save: (place: Place) => Promise<void>;
  choose: (choice: Choice) => void;
}

function AddressForm({ place, save, choose }: AddressFormProps) {
  const { t } = useWords();
  const { setWrongs } = useWrongs();
  const [doubted, setDoubted] = useState("");
  const send = async (values: Values) => {
    const own = delivery(values).page;
    if (doubted === addressOf(own)) return save({ ...own, spelling: "own" });
    const { verdict, suggested } = await checked(own);
    if (verdict === "suggestion" && suggested) return choose({ own, suggested });
    if (verdict !== "invalid") return save(own);
    setDoubted(addressOf(own));
    setWrongs([{ field: "line1", words: t("wrong.unknown_address") }]);
  };
  return (
    <Form button={t("save")} check={(values) => delivery(values).wrong} send={send}>
      <AddressFields place={place} />
    </Form>
  );
}

/** A check that cannot be had keeps nobody from saving the page. */
async function checked(body: Place): Promise<Model<"AddressVerdict">> {
  try {
    return await call("post", "/api/v1/portal/address-check", { body });
  } catch (error) {
    const isOver = error instanceof Problem && (error.endsSession || error.status === 0);
    if (!(error instanceof Problem) || isOver || error.code === "code.required") throw error;
    return { verdict: "unchecked" };
  }
}

function Spelling({ choice, save }: { choice: Choice; save: (place: Place) => Promise<void> }) {
  const { t } = useWords();
  const send = ({ spelling }: Values) =>
    save(
      spelling === "own"
        ? { ...choice.own, spelling: "own" }
        : { ...choice.suggested, spelling: "suggested" },
    );
  return (
    <>
      <p>{t("spelling.text")}</p>
      <Form button={t("save")} send={send}>
        <RadioField
          name="spelling"
          values={["suggested", "own"]}
          value="suggested"
          words={{ suggested: addressOf(choice.suggested), own: addressOf(choice.own) }}
        />
      </Form>
    </>
  );
}

function AddressFields({ place }: { place: Answers["delivery"] | undefined }) {
  const { t } = useWords();
  return (
    <>
      <TextField name="name" autocomplete="name" value={place?.name} />
      <TextField name="line1" autocomplete="address-line1" value={place?.line1} />
      <TextField name="line2" autocomplete="address-line2" value={place?.line2} isOptional />
      <TextField name="city" autocomplete="address-level2" value={place?.city} />
      <SelectField
        name="state"
        choices={STATES}
        value={place?.state}
        empty={t("state.choose")}
        autocomplete="address-level1"
      />
      <TextField
        name="postal_code"
        inputmode="numeric"
        autocomplete="postal-code"
        width="short"
        value={place?.postal_code}
      />
      <TextField
        name="phone"
        type="tel"
        inputmode="tel"
        autocomplete="tel-national"
        width="short"
        value={place?.phone}
        isOptional
      />
      <RadioField
        name="window"
        values={["any", "morning", "afternoon", "evening"]}
        value={place?.window ?? "any"}
      />
    </>
  );
}
