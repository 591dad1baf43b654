import { call } from "@pharmonico/shared/api/call.ts";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { useMemo, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { consent } from "../form/checks.ts";
import { Form, type Values } from "../form/Form.tsx";
import { CheckField, RadioField, SelectField, TextField } from "../form/fields.tsx";
import { type Answers, Guard, openEnrollment, type Ready, savedAnswers } from "../page/Guard.tsx";
import { Page } from "../page/Page.tsx";
import { type Found, type Session, useSession } from "../session.tsx";
import type { Language } from "../words/language.ts";
import { useWords } from "../words/words.tsx";
import { Kept } from "./coverage.tsx";

type Shown = Model<"ConsentShown">;

interface Ask {
  found: Found;
  answers: Answers | null;
  texts: Shown[];
}

/** The consents in the words that are read, so that it is known what was agreed to. */
const lookIn =
  (language: Language) =>
  async (session: Session, path: string): Promise<Ready<Ask>> => {
    const ready = await openEnrollment(session, path);
    if (!("found" in ready)) return ready;
    const saved = await savedAnswers(ready.found, session, path);
    if (!("found" in saved)) return saved;
    const query = { language };
    const { consents } = await call("get", "/api/v1/portal/enrollment/consents", { query });
    return { found: { found: ready.found, answers: saved.found, texts: consents } };
  };

export function ConsentPage() {
  const { t, language } = useWords();
  const { query } = useLocation();
  const look = useMemo(() => lookIn(language), [language]);
  const next = query.from === "check" ? "/check" : "/tasks";
  return (
    <Page title={t("consent.title")} back={next}>
      <Guard<Ask> look={look}>{(ask) => <Asked {...ask} next={next} />}</Guard>
    </Page>
  );
}

function Asked({ found, answers, texts, next }: Ask & { next: string }) {
  const { t } = useWords();
  const { route } = useLocation();
  const { keep } = useSession();
  const given = answers?.consent;
  const [signer, setSigner] = useState(given?.signer ?? "self");
  const check = (values: Values) => consent(values, texts);
  const send = async (values: Values) => {
    const body = check(values).page;
    keep(await call("put", "/api/v1/portal/enrollment/consent", { body }));
    route(next);
  };
  return (
    <>
      {found.pages.consent && !answers ? <Kept /> : <p>{t("consent.text")}</p>}
      <Form button={t("save")} check={(values) => check(values).wrong} send={send}>
        <fieldset class="field">
          <legend>{t("consents")}</legend>
          {texts.map(({ id, title, text }) => (
            <CheckField key={id} name={id} isTicked={Boolean(given)}>
              <strong>{title}.</strong> {text}
            </CheckField>
          ))}
        </fieldset>
        <RadioField
          name="signer"
          values={["self", "caregiver", "guardian"]}
          value={signer}
          onChange={(value) => setSigner(value as typeof signer)}
        />
        {signer !== "self" && <Relation value={given?.relationship} />}
        <TextField name="signed_name" autocomplete="name" value={given?.signed_name} />
      </Form>
    </>
  );
}

const RELATIONS = [
  "parent",
  "spouse",
  "child",
  "sibling",
  "legal_guardian",
  "power_of_attorney",
  "other",
] as const;

function Relation({ value }: { value: string | null | undefined }) {
  const { t } = useWords();
  return (
    <SelectField
      name="relation"
      choices={RELATIONS.map((each) => [each, t(`relation.${each}`)])}
      value={value ?? ""}
      empty={t("relation.choose")}
    />
  );
}
