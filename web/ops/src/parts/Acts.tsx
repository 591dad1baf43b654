import type { ReactNode } from "react";
import styles from "./Acts.module.css";

/** Buttons that belong together, under a name for whoever cannot see where they stand. */
export function Acts({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className={styles.acts}>
      <legend className={styles.legend}>{label}</legend>
      {children}
    </fieldset>
  );
}
