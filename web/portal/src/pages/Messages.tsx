import { call } from "@pharmonico/shared/api/call.ts";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { hourText } from "@pharmonico/shared/time.ts";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { wishes } from "../form/checks.ts";
import { Form, type Values } from "../form/Form.tsx";
import { RadioField, SelectField } from "../form/fields.tsx";
import { enrollment, Guard, type Ready } from "../page/Guard.tsx";
import { Page } from "../page/Page.tsx";
import type { Session } from "../session.tsx";
import type { Language } from "../words/language.ts";
import { useWords } from "../words/words.tsx";

interface Wished {
  said: Model<"Said">;
  /** The enrollment's, which holds until another is chosen. */
  language: Language;
}

async function wished(session: Session, path: string): Promise<Ready<Wished>> {
  const ready = await enrollment(session, path);
  if (!("found" in ready)) return ready;
  const said = await call("get", "/api/v1/portal/messages");
  return { found: { said, language: ready.found.language } };
}

/** How the patient wants to hear from us, on this and on every later prescription. */
export function MessagesPage() {
  const { t } = useWords();
  const { query } = useLocation();
  return (
    <Page title={t("messages.title")} back={query.from === "done" ? "/done" : "/tasks"}>
      <Guard<Wished> look={wished}>{(found) => <Asked {...found} />}</Guard>
    </Page>
  );
}

const LANGUAGES = { en: "English", es: "Español" };

function Asked({ said, language }: Wished) {
  const { t } = useWords();
  const [isKept, setKept] = useState(false);
  const [quiet, setQuiet] = useState(said.quiet ? "own" : "usual");
  const send = async (values: Values) => {
    setKept(false);
    await call("put", "/api/v1/portal/messages", { body: wishes(values).page });
    setKept(true);
  };
  return (
    <>
      <p>{t("messages.text")}</p>
      <Form button={t("messages.save")} check={(values) => wishes(values).wrong} send={send}>
        <RadioField name="channels" values={["email", "sms", "both"]} value={said.channels} />
        <RadioField
          name="language"
          values={["en", "es"]}
          value={said.language ?? language}
          words={LANGUAGES}
        />
        <RadioField name="quiet" values={["usual", "own"]} value={quiet} onChange={setQuiet} />
        {quiet === "own" && <Hours quiet={said.quiet} />}
      </Form>
      <div role="status">{isKept && <p class="panel good-panel">{t("messages.kept")}</p>}</div>
      <p class="note">{t("messages.stop")}</p>
    </>
  );
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

function Hours({ quiet }: { quiet: Model<"Said">["quiet"] }) {
  const { t, language } = useWords();
  const choices = HOURS.map((hour): [string, string] => [`${hour}`, hourText(hour, language)]);
  const empty = t("quiet.choose");
  return (
    <>
      <SelectField
        name="begin"
        choices={choices}
        value={quiet ? `${quiet.begin}` : ""}
        empty={empty}
      />
      <SelectField name="end" choices={choices} value={quiet ? `${quiet.end}` : ""} empty={empty} />
    </>
  );
}
