import { Table } from "@mantine/core";
import type { ReactNode } from "react";

interface WideProps {
  /** What the table is about, for whoever hears it before seeing that it scrolls. */
  label: string;
  minWidth: number;
  className?: string | undefined;
  children: ReactNode;
}

/** A table that scrolls in a place of its own where the screen is narrow, by keyboard too. */
export function Wide({ label, ...rest }: WideProps) {
  return (
    <Table.ScrollContainer
      type="native"
      role="region"
      aria-label={`${label}, table`}
      tabIndex={0}
      {...rest}
    />
  );
}
