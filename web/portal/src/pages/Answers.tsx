import { masked } from "@pharmonico/shared/masked.ts";
import { momentText } from "@pharmonico/shared/time.ts";
import type { Answers as Saved } from "../page/Guard.tsx";
import type { Found } from "../session.tsx";
import { useWords } from "../words/words.tsx";

type Row = [name: string, value: string | null | undefined];
type Place = NonNullable<Saved["delivery"]>;

interface AnswersProps {
  answers: Saved;
  pages: Found["pages"];
  /** With links to change them; without, member ids are masked, since the page is printed. */
  isChangeable: boolean;
}

/** Everything the patient told us, page by page. */
export function Answers({ answers, pages, isChangeable }: AnswersProps) {
  const { t, language } = useWords();
  const { insurance, secondary, delivery, consent } = answers;
  const card = (each: Saved["insurance"]): Row[] =>
    each
      ? [
          [t("bin"), each.bin],
          [t("pcn"), each.pcn],
          [t("group"), each.group],
          [t("member_id"), isChangeable ? each.member_id : masked(each.member_id)],
          [t("relationship"), t(`relationship.${each.relationship}`)],
        ]
      : [[t("check.secondary"), t("check.secondary.none")]];
  const section = { isChangeable };
  return (
    <>
      <Rows
        rows={[
          [t("check.for"), answers.patient_name],
          [t("check.drug"), answers.drug],
          [t("check.prescriber"), answers.prescriber_name],
        ]}
      />
      <Section {...section} name="insurance" href="/insurance" rows={card(insurance)} />
      <Section {...section} name="secondary" href="/secondary" rows={card(secondary)} />
      <Section
        {...section}
        name="photos"
        href="/photos/front"
        rows={[[t("check.card"), t(`check.card.${cardSides(pages)}`)]]}
      />
      {delivery && (
        <Section
          {...section}
          name="delivery"
          href="/delivery"
          rows={[
            [t("name"), delivery.name],
            [t("check.address"), addressOf(delivery)],
            [t("phone"), phoneOf(delivery.phone ?? "")],
            [t("window"), t(`window.${delivery.window ?? "any"}`)],
          ]}
        />
      )}
      {consent && (
        <Section
          {...section}
          name="consent"
          href="/consent"
          rows={[
            [t("signer"), t(`signer.${consent.signer ?? "self"}`)],
            [t("signed_name"), consent.signed_name],
            [t("check.signed"), consent.signed_at && momentText(consent.signed_at, language)],
          ]}
        />
      )}
    </>
  );
}

interface SectionProps {
  name: "insurance" | "secondary" | "photos" | "delivery" | "consent";
  href: string;
  rows: Row[];
  isChangeable: boolean;
}

function Section({ name, href, rows, isChangeable }: SectionProps) {
  const { t } = useWords();
  const title = t(`task.${name}`);
  return (
    <section>
      <div class="titled">
        <h2>{title}</h2>
        {isChangeable && (
          <a href={`${href}?from=check`} aria-label={`${t("change")}: ${title}`}>
            {t("change")}
          </a>
        )}
      </div>
      <Rows rows={rows} />
    </section>
  );
}

export function Rows({ rows }: { rows: Row[] }) {
  const { t } = useWords();
  return (
    <dl class="answers">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value || t("check.none")}</dd>
        </div>
      ))}
    </dl>
  );
}

export function addressOf({ line1, line2, city, state, postal_code }: Place): string {
  return [line1, line2, `${city}, ${state} ${postal_code}`].filter(Boolean).join("\n");
}

export function phoneOf(digits: string): string {
  return digits.replace(/^(\d{3})(\d{3})(\d{4})$/, "($1) $2-$3");
}

function cardSides({ card_front, card_back }: Found["pages"]): "both" | "front" | "back" | "none" {
  const front = card_front === "accepted";
  const back = card_back === "accepted";
  if (front && back) return "both";
  if (front) return "front";
  return back ? "back" : "none";
}
