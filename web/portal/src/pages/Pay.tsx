import { moneyText } from "@pharmonico/shared/money.ts";
import { useEffect } from "preact/hooks";
import { useLocation } from "preact-iso";
import { Broken } from "../page/Guard.tsx";
import { Page } from "../page/Page.tsx";
import { useWords } from "../words/words.tsx";
import { type Followed, HAND_OVER, useOrder, type Whereabouts } from "./following.ts";
import { Told } from "./Told.tsx";

const LOOK_EVERY_MS = 3_000;

/**
 * The price before a card is asked for, and the page the checkout comes back to. That it came back
 * says nothing: whether it was paid, the server is asked.
 */
export function Pay() {
  const { query, route } = useLocation();
  const followed = useOrder(LOOK_EVERY_MS);
  const { order, problem } = followed;
  const isSettled = order ? !order.payment?.is_payable : false;
  useEffect(() => {
    if (isSettled) route("/order", true);
  }, [isSettled, route]);
  if (problem?.status === 401 || problem?.status === 410) {
    return <Told name="order.gone" />;
  }
  if (!order?.payment || isSettled) return <Looking followed={followed} />;
  return query.back === "paid" ? <Waiting /> : <Share payment={order.payment} back={query.back} />;
}

function Looking({ followed: { problem, look } }: { followed: Followed }) {
  const { t } = useWords();
  return (
    <Page title={t("busy")}>
      {problem ? (
        <Broken problem={problem} again={look} />
      ) : (
        <p class="note loading" role="status">
          {t("busy")}
        </p>
      )}
    </Page>
  );
}

function Waiting() {
  const { t } = useWords();
  return (
    <Page title={t("pay.waiting.title")}>
      <p role="status">{t("pay.waiting.text")}</p>
      <p>
        <a href="/order">{t("order.see")}</a>
      </p>
    </Page>
  );
}

interface ShareProps {
  payment: NonNullable<Whereabouts["payment"]>;
  back: string | undefined;
}

function Share({ payment, back }: ShareProps) {
  const { t, language } = useWords();
  return (
    <Page title={t("pay.title")}>
      {payment.was_declined && <p class="panel bad">{t("pay.failed")}</p>}
      {back === "open" && !payment.was_declined && <p class="panel">{t("pay.not")}</p>}
      <p>{t("pay.text")}</p>
      <p class="amount">{moneyText(payment.amount, language)}</p>
      <p>{t("pay.next")}</p>
      <p class="actions">
        <a class="button" href={HAND_OVER}>
          {t("pay.now")}
        </a>
        <a href="/order">{t("order.see")}</a>
      </p>
    </Page>
  );
}
