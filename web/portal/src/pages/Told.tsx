import type { ComponentChildren } from "preact";
import { Page } from "../page/Page.tsx";
import { useWords } from "../words/words.tsx";

type Name = "nolink" | "renew.sent" | "closed" | "left" | "order.gone";

/** A page that only says something. */
export function Told({ name, children }: { name: Name; children?: ComponentChildren }) {
  const { t } = useWords();
  return (
    <Page title={t(`${name}.title`)}>
      <p>{t(`${name}.text`)}</p>
      {children}
    </Page>
  );
}

export const Renewed = () => <Told name="renew.sent" />;
export const Closed = () => <Told name="closed" />;
export const Left = () => <Told name="left" />;

export function Missing() {
  const { t } = useWords();
  return (
    <Page title={t("missing.title")}>
      <p>{t("missing.text")}</p>
    </Page>
  );
}
