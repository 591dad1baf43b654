// Everything on one page before it is sent, and the page after.

import { call } from "@pharmonico/shared/api/call.ts";
import { Problem } from "@pharmonico/shared/api/problem.ts";
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { Form } from "../form/Form.tsx";
import {
  codeFirst,
  enrollment,
  Guard,
  type Answers as Saved,
  savedAnswers,
} from "../page/Guard.tsx";
import { Page } from "../page/Page.tsx";
import { forgetVisit } from "../remember.ts";
import { type Found, type Session, useSession } from "../session.tsx";
import { useWords } from "../words/words.tsx";
import { Answers } from "./Answers.tsx";
import { forgetOrder } from "./following.ts";
import { NEEDED } from "./Tasks.tsx";

interface Complete {
  found: Found;
  answers: Saved;
}

/** Complete and shown only after the code, else where the missing part is. */
async function complete(session: Session, path: string) {
  const ready = await enrollment(session, path);
  if (!("found" in ready)) return ready;
  const { found } = ready;
  if (found.status !== "open") return { elsewhere: "/done" };
  if (NEEDED.some((name) => !found.pages[name])) return { elsewhere: "/tasks" };
  const saved = await savedAnswers(found, session, path);
  if (!("found" in saved)) return saved;
  if (!saved.found) return { elsewhere: codeFirst("/check") };
  return { found: { found, answers: saved.found } };
}

export function Check() {
  const { t } = useWords();
  const { route } = useLocation();
  const { keep } = useSession();
  const send = async () => {
    keep(await call("post", "/api/v1/portal/submit"));
    route("/done", true);
  };
  return (
    <Page title={t("check.title")} back="/tasks">
      <Guard<Complete> look={complete}>
        {({ found, answers }) => (
          <>
            <p>{t("check.text")}</p>
            <Answers answers={answers} pages={found.pages} isChangeable />
            <Form button={t("check.send")} send={send} />
          </>
        )}
      </Guard>
    </Page>
  );
}

interface Sent {
  found: Found;
  answers: Saved | null;
}

async function sent(session: Session, path: string) {
  const ready = await enrollment(session, path);
  if (!("found" in ready)) return ready;
  const { found } = ready;
  if (found.status === "open") return { elsewhere: "/tasks" };
  if (found.status === "closed") return { elsewhere: "/closed" };
  const saved = await savedAnswers(found, session, path);
  return "found" in saved ? { found: { found, answers: saved.found } } : saved;
}

/** The confirmation, which is also the record to print. */
export function Done() {
  const { t } = useWords();
  return (
    <Page title={t("done.title")}>
      <Guard<Sent> look={sent}>{(record) => <Record {...record} />}</Guard>
    </Page>
  );
}

function Record({ found, answers }: Sent) {
  const { t } = useWords();
  return (
    <>
      <div class="panel good-panel">
        <p>
          {t("done.reference")}
          <br />
          <strong class="reference">{found.reference}</strong>
        </p>
      </div>
      <h2>{t("done.next")}</h2>
      <ol class="next">
        <li>{t("done.step1")}</li>
        <li>{t("done.step2")}</li>
        <li>{t("done.step3")}</li>
      </ol>
      <p>
        <a href="/order">{t("order.see")}</a>
      </p>
      <p>
        <a href="/messages?from=done">{t("messages.title")}</a>
      </p>
      {answers && <SignedRecord />}
      {answers && <Answers answers={answers} pages={found.pages} isChangeable={false} />}
      <Leaving />
    </>
  );
}

/** The PDF is written some seconds after the signature, and its address lives for minutes. */
function SignedRecord() {
  const { t } = useWords();
  const [isWaiting, setWaiting] = useState(false);
  const open = async () => {
    try {
      const { url } = await call("get", "/api/v1/portal/enrollment/record");
      location.assign(url);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setWaiting(true);
    }
  };
  return (
    <p class="actions">
      <button type="button" class="second" onClick={open}>
        {t("done.record")}
      </button>
      <span role="status">{isWaiting && t("done.record.wait")}</span>
    </p>
  );
}

function Leaving() {
  const { t } = useWords();
  const { route } = useLocation();
  const { forget } = useSession();
  const leave = async () => {
    // The session ends by itself soon enough where this does not arrive.
    await call("post", "/api/v1/portal/close").catch(() => null);
    await forgetOrder();
    forget();
    forgetVisit();
    route("/left", true);
  };
  return (
    <p class="actions">
      <button type="button" onClick={() => print()}>
        {t("done.print")}
      </button>
      <button type="button" class="second" onClick={leave}>
        {t("done.leave")}
      </button>
    </p>
  );
}
