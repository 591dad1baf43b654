// From the link to a session: landing, date of birth, a fresh link.

import { call } from "@pharmonico/shared/api/call.ts";
import { Problem } from "@pharmonico/shared/api/problem.ts";
import { isoDate } from "@pharmonico/shared/time.ts";
import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso";
import { Form, type Values } from "../form/Form.tsx";
import { DateField } from "../form/fields.tsx";
import { Page } from "../page/Page.tsx";
import { link, sessionHint } from "../remember.ts";
import { useSession } from "../session.tsx";
import { useWords } from "../words/words.tsx";
import { forgetOrder } from "./following.ts";
import { Told } from "./Told.tsx";

const ENDS = ["expired", "used", "replaced", "locked", "revoked"] as const;
type End = (typeof ENDS)[number];
const NOT_RENEWABLE: End[] = ["locked", "revoked"];

/** What the link in the message opens: no word about the patient, and nothing is spent yet. */
export function Landing() {
  const { t } = useWords();
  const { route } = useLocation();
  const isOpen = sessionHint.isLive();
  useEffect(() => {
    if (isOpen) route("/tasks", true);
  }, [isOpen, route]);
  if (isOpen) return null;
  if (!link.read()) return <Told name="nolink" />;
  return (
    <Page title={t("landing.title")}>
      <p class="lead">{t("landing.text")}</p>
      <ul class="ticks">
        <li>{t("landing.time")}</li>
        <li>{t("landing.need")}</li>
      </ul>
      <p class="actions">
        <a class="button" href="/birth-date">
          {t("landing.start")}
        </a>
      </p>
    </Page>
  );
}

export function BirthDatePage() {
  const { t } = useWords();
  const { route } = useLocation();
  const session = useSession();
  const hasLink = Boolean(link.read());
  useEffect(() => {
    if (!hasLink) route("/", true);
  }, [hasLink, route]);
  const open = async (proof: Proof) => {
    session.keep(await call("post", "/api/v1/portal/open", { body: proof }));
    await forgetOrder();
    route("/tasks", true);
  };
  return (
    <Page title={t("birth.title")} back="/">
      <p>{t("birth.text")}</p>
      <ProofForm button={t("continue")} send={open} />
    </Page>
  );
}

/** The link does not open any more; most ends can be mended by a fresh one. */
export function LinkOver() {
  const { t } = useWords();
  const { query } = useLocation();
  const end = ENDS.find((each) => each === query.why) ?? "expired";
  return (
    <Page title={t(`link.${end}`)}>
      <p>{t(`link.${end}.text`)}</p>
      {!NOT_RENEWABLE.includes(end) && <Renewal />}
    </Page>
  );
}

export function SessionOver() {
  const { t } = useWords();
  return (
    <Page title={t("ended.title")}>
      <p>{t("ended.text")}</p>
      <Renewal />
    </Page>
  );
}

/** Without the link's token, as after a reload, a new one has to be begun from the message. */
function Renewal() {
  const { t } = useWords();
  return link.read() ? <RenewalForm /> : <p>{t("link.gone")}</p>;
}

function RenewalForm() {
  const { t } = useWords();
  const { route } = useLocation();
  const renew = async (proof: Proof) => {
    await call("post", "/api/v1/portal/link", { body: proof });
    route("/new-link", true);
  };
  return <ProofForm button={t("renew.send")} send={renew} />;
}

interface Proof {
  token: string;
  date_of_birth: string;
}

/** The date of birth beside the link's token. */
function ProofForm({ button, send }: { button: string; send: (proof: Proof) => Promise<void> }) {
  const { birthDate, setBirthDate } = useSession();
  const { route } = useLocation();
  const dateOf = ({ month = "", day = "", year = "" }: Values) => {
    const iso = isoDate(month, day, year);
    return iso && Date.parse(iso) < Date.now() ? iso : null;
  };
  const check = (values: Values) => {
    const { month = "", day = "", year = "" } = values;
    setBirthDate({ month, day, year });
    return dateOf(values) ? [] : ["date_of_birth"];
  };
  const prove = async (proof: Proof) => {
    try {
      await send(proof);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 409) throw error;
      // All pages were sent, so there is only the order to be seen; its cookie comes along.
      await call("post", "/api/v1/portal/order/link", { body: proof });
      route("/order", true);
    }
  };
  const refused = ({ status, code }: Problem) => {
    if (status !== 410) return false;
    const end = ENDS.find((each) => code === `link.${each}`);
    route(end ? `/link?why=${end}` : "/closed", true);
    return true;
  };
  return (
    <Form
      button={button}
      check={check}
      send={(values) => prove({ token: link.read(), date_of_birth: dateOf(values) ?? "" })}
      refused={refused}
    >
      <DateField name="date_of_birth" value={birthDate} />
    </Form>
  );
}
