// The six digits that stand between a session and what the patient typed.

import { call } from "@pharmonico/shared/api/call.ts";
import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso";
import { Form } from "../form/Form.tsx";
import { TextField } from "../form/fields.tsx";
import { Page } from "../page/Page.tsx";
import { useSession } from "../session.tsx";
import { useWords } from "../words/words.tsx";

/** Where the code was asked for: a page of ours, whatever the address says. */
export function backOf(back: string | undefined): string {
  return back && /^\/[a-z/]*(\?from=check)?$/.test(back) && !back.startsWith("//")
    ? back
    : "/tasks";
}

export function CodePage() {
  const { t } = useWords();
  const { query, route } = useLocation();
  const { progress } = useSession();
  const next = backOf(query.back);
  const isVerified = progress?.code.verified ?? false;
  useEffect(() => {
    if (isVerified) route(next, true);
  }, [isVerified, next, route]);
  const send = async () => {
    await call("post", "/api/v1/portal/code");
    route(`/code/enter?back=${encodeURIComponent(next)}`);
  };
  return (
    <Page title={t("code.ask.title")} back="/tasks">
      <p>{t(`code.ask.${progress?.code.channel ?? "any"}`)}</p>
      <Form button={t("code.send")} send={send} />
    </Page>
  );
}

export function CodeEntry() {
  const { t } = useWords();
  const { query, route } = useLocation();
  const { progress, keep } = useSession();
  const next = backOf(query.back);
  return (
    <Page title={t("code.title")}>
      <p>{t(`code.${progress?.code.channel ?? "any"}`)}</p>
      <Form
        button={t("continue")}
        check={({ code = "" }) => (/^\d{6}$/.test(code) ? [] : ["code"])}
        send={async ({ code = "" }) => {
          keep(await call("post", "/api/v1/portal/code/confirm", { body: { code } }));
          route(next, true);
        }}
        beside={<a href={`/code?back=${encodeURIComponent(next)}`}>{t("code.again")}</a>}
      >
        <TextField name="code" inputmode="numeric" autocomplete="one-time-code" width="short" />
      </Form>
    </Page>
  );
}
