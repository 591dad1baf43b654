import { Table } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./Unfold.module.css";

interface FoldProps {
  isOpen: boolean;
  children: ReactNode;
}

/** A row of a table below which more of it can be unfolded. */
export function FoldedRow({ isOpen, children }: FoldProps) {
  return (
    <Table.Tr className={styles.row} data-open={isOpen || undefined}>
      {children}
    </Table.Tr>
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

/** The more, over the whole width. */
export function Unfolded({ columns, children }: { columns: number; children: ReactNode }) {
  return (
    <tr className={styles.unfolded}>
      <td colSpan={columns}>{children}</td>
    </tr>
  );
}
