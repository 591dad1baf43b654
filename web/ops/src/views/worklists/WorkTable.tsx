import { Loader, Table } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Pages } from "../../data/usePages.ts";
import { Heads } from "../../parts/Heads.tsx";
import { More } from "../../parts/More.tsx";
import { Section } from "../../parts/Section.tsx";
import { Wide } from "../../parts/Wide.tsx";
import { Trouble } from "../../shell/Trouble.tsx";
import { type Total, totalText } from "./total.ts";

/** One thing to be worked on, with what the columns show of it. */
export interface Work {
  id: string;
  patient: string;
  cells: ReactNode[];
}

interface WorkTableProps<T> {
  title: string;
  columns: string[];
  pages: Pages<T>;
  workOf: (item: T) => Work;
  /** How many there are in all, where somebody counts them. */
  total?: Total | undefined;
  open: (id: string) => void;
}

/** A worklist above a list, page by page; nothing where nobody is needed. */
export function WorkTable<T>(props: WorkTableProps<T>) {
  const { title, columns, pages, workOf, total, open } = props;
  const { items, error, isLoading } = pages;
  if (isLoading) return <Loader size="sm" />;
  if (!items.length) return error ? <Trouble error={error} /> : null;
  const all = totalText(items.length, Boolean(pages.more), total);
  return (
    <Section title={`${title} (${all})`}>
      <Wide label={title} minWidth={640}>
        <Table highlightOnHover verticalSpacing="xs">
          <Heads columns={["Patient", ...columns]} />
          <Table.Tbody>
            {items.map(workOf).map((work) => (
              <Line key={work.id} work={work} columns={columns} open={open} />
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
      <More shown={items.length} total={total && all} pages={pages} />
    </Section>
  );
}

interface LineProps {
  work: Work;
  columns: string[];
  open: (id: string) => void;
}

function Line({ work: { id, patient, cells }, columns, open }: LineProps) {
  return (
    <Table.Tr>
      <Table.Td>
        <Link
          to="/prescriptions/$id"
          params={{ id }}
          preload={false}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            open(id);
          }}
        >
          {patient}
        </Link>
      </Table.Td>
      {columns.map((column, place) => (
        <Table.Td key={column}>{cells[place] || "–"}</Table.Td>
      ))}
    </Table.Tr>
  );
}
