// The pages that are typed off a card: insurance and second coverage.

import { call } from "@pharmonico/shared/api/call.ts";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { type Checked, insurance, secondary } from "../form/checks.ts";
import { Form, type Values } from "../form/Form.tsx";
import { RadioField, TextField } from "../form/fields.tsx";
import { type Answers, codeFirst, OpenWithAnswers } from "../page/Guard.tsx";
import { Page } from "../page/Page.tsx";
import { type Found, type Progress, useSession } from "../session.tsx";
import { useWords } from "../words/words.tsx";

type Name = "insurance" | "secondary";

interface TypedProps<T> {
  name: Name;
  check: (values: Values) => Checked<T>;
  save: (page: T) => Promise<Progress>;
  fields: (answers: Answers | null, found: Found) => ComponentChildren;
}

function Typed<T>({ name, check, save, fields }: TypedProps<T>) {
  const { t } = useWords();
  const { query, route } = useLocation();
  const { keep } = useSession();
  const next = query.from === "check" ? "/check" : "/tasks";
  const send = async (values: Values) => {
    keep(await save(check(values).page));
    route(next);
  };
  return (
    <Page title={t(`${name}.title`)} back={next}>
      <OpenWithAnswers>
        {(found, answers) => (
          <>
            {found.pages[name] && !answers ? <Kept /> : <p>{t(`${name}.text`)}</p>}
            <Form button={t("save")} check={(values) => check(values).wrong} send={send}>
              {fields(answers, found)}
            </Form>
          </>
        )}
      </OpenWithAnswers>
    </Page>
  );
}

/** What was saved is shown only after the code. */
export function Kept() {
  const { t } = useWords();
  const { url } = useLocation();
  return (
    <p class="panel">
      {t("kept")} <a href={codeFirst(url)}>{t("kept.code")}</a>
    </p>
  );
}

export const InsurancePage = () => (
  <Typed
    name="insurance"
    check={insurance}
    save={(body) => call("put", "/api/v1/portal/enrollment/insurance", { body })}
    fields={(answers) => <CardFields card={answers?.insurance} />}
  />
);

function CardFields({ card }: { card: Answers["insurance"] | undefined }) {
  return (
    <>
      <TextField
        name="bin"
        inputmode="numeric"
        autocomplete="off"
        width="short"
        value={card?.bin}
      />
      <TextField name="pcn" autocomplete="off" width="short" value={card?.pcn} isOptional />
      <TextField name="group" autocomplete="off" width="short" value={card?.group} isOptional />
      <TextField name="member_id" autocomplete="off" value={card?.member_id} />
      <RadioField
        name="relationship"
        values={["1", "2", "3", "4"]}
        value={card?.relationship ?? "1"}
      />
    </>
  );
}

export const SecondaryPage = () => (
  <Typed
    name="secondary"
    check={secondary}
    save={(body) => call("put", "/api/v1/portal/enrollment/secondary", { body })}
    fields={(answers) => <SecondaryFields card={answers?.secondary} />}
  />
);

function SecondaryFields({ card }: { card: Answers["secondary"] | undefined }) {
  const [has, setHas] = useState(card ? "yes" : "");
  return (
    <>
      <RadioField name="has_secondary" values={["no", "yes"]} value={has} onChange={setHas} />
      {has === "yes" && <CardFields card={card} />}
    </>
  );
}
