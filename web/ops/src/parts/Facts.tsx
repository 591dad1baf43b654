import type { ReactNode } from "react";
import styles from "./Facts.module.css";

/** A term and what is known of it; an entry without anything known is left out. */
export type Fact = [term: string, known: ReactNode];

export function Facts({ facts, isWide }: { facts: Fact[]; isWide?: boolean }) {
  const shown = facts.filter(([, known]) => known !== null && known !== undefined && known !== "");
  return (
    <dl className={styles.facts} data-wide={isWide || undefined}>
      {shown.map(([term, known]) => (
        <div key={term} className={styles.fact}>
          <dt>{term}</dt>
          <dd>{known}</dd>
        </div>
      ))}
    </dl>
  );
}
