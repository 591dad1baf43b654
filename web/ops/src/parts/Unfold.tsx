import { Table } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./Unfold.module.css";

interface FoldProps {
  isOpen: boolean;
  children: ReactNode;
}

/** A row of a table below which more of it may stand. */
export function FoldedRow({ isOpen, children }: FoldProps) {
  return (
    <Table.Tr className={styles.row} data-open={isOpen || undefined}>
      {children}
    </Table.Tr>
  );
}

interface FoldingRowProps extends FoldProps {
  /** How many columns the more stretches over. */
  columns: number;
  more: ReactNode;
}

/** Such a row, and below it over the whole width what is unfolded of it. */
export function FoldingRow({ isOpen, columns, more, children }: FoldingRowProps) {
  return (
    <>
      <FoldedRow isOpen={isOpen}>{children}</FoldedRow>
      {isOpen && (
        <tr className={styles.unfolded}>
          <td colSpan={columns}>{more}</td>
        </tr>
      )}
    </>
  );
}

/** What is pressed in such a row. */
export function FoldToggle({ isOpen, turn, children }: FoldProps & { turn: () => void }) {
  return (
    <button type="button" className={styles.toggle} aria-expanded={isOpen} onClick={turn}>
      {children}
    </button>
  );
}
