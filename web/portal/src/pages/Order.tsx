import { moneyText } from "@pharmonico/shared/money.ts";
import { dayText, momentText } from "@pharmonico/shared/time.ts";
import { Broken } from "../page/Guard.tsx";
import { Page } from "../page/Page.tsx";
import { useWords } from "../words/words.tsx";
import { Rows } from "./Answers.tsx";
import { useOrder, type Whereabouts } from "./following.ts";
import { Told } from "./Told.tsx";

const LOOK_EVERY_MS = 30_000;
const SCANS_SHOWN = 20;

/** Where the order is, in plain steps; later visits open here. */
export function OrderPage() {
  const { t } = useWords();
  const { order, problem, look } = useOrder(LOOK_EVERY_MS);
  if (problem?.status === 401 || problem?.status === 410) {
    return <Told name="order.gone" />;
  }
  return (
    <Page title={t("order.title")}>
      {problem && <Broken problem={problem} again={look} />}
      {!order && !problem && (
        <p class="note loading" role="status">
          {t("busy")}
        </p>
      )}
      {order && <Way order={order} />}
    </Page>
  );
}

function Way({ order }: { order: Whereabouts }) {
  const { t } = useWords();
  return (
    <>
      <p class={`panel stage ${order.stage}`} role="status">
        {t(`order.stage.${order.stage}`)}
      </p>
      {order.payment?.is_payable && (
        <p class="actions">
          <a class="button" href="/pay">
            {t("pay.now")}
          </a>
        </p>
      )}
      {order.steps.length > 0 && <Steps steps={order.steps} />}
      {order.parcel && <ParcelNews parcel={order.parcel} />}
      <Facts order={order} />
    </>
  );
}

function Steps({ steps }: { steps: Whereabouts["steps"] }) {
  const { t } = useWords();
  return (
    <>
      <h2>{t("order.way")}</h2>
      <ol class="way">
        {steps.map(({ name, state }) => (
          <li key={name} class={state} aria-current={state === "now" ? "step" : undefined}>
            <span>{t(`order.step.${name}`)}</span>
            <span class="tag">{t(`order.state.${state}`)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

function ParcelNews({ parcel }: { parcel: NonNullable<Whereabouts["parcel"]> }) {
  const { t, maybe, language } = useWords();
  const { carrier, number, url, promised_on, scans } = parcel;
  return (
    <>
      <Rows
        rows={[
          [t("order.carrier"), carrier.toUpperCase()],
          [t("order.number"), number],
          ...(promised_on
            ? ([[t("order.promised"), dayText(promised_on, language)]] as [string, string][])
            : []),
        ]}
      />
      {url && (
        <p>
          <a href={url} rel="noreferrer">
            {t("order.follow")}
          </a>
        </p>
      )}
      {scans.length > 0 && (
        <>
          <h2>{t("order.scans")}</h2>
          <ul class="scans">
            {scans.slice(0, SCANS_SHOWN).map(({ status, at }) => (
              <li key={`${at}${status}`}>
                <time dateTime={at}>{momentText(at, language)}</time>
                <span>{maybe(`order.scan.${status}`) ?? t("order.scan.UNKNOWN")}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Facts({ order }: { order: Whereabouts }) {
  const { t, language } = useWords();
  const paid = order.payment?.state === "paid" ? order.payment.amount : null;
  return (
    <Rows
      rows={[
        ...(paid ? ([[t("order.paid"), moneyText(paid, language)]] as [string, string][]) : []),
        [t("done.reference"), order.reference],
      ]}
    />
  );
}
