import { Table } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Section } from "../../parts/Section.tsx";

/** One thing to be worked on, with what the columns show of it. */
export interface Work {
  id: string;
  patient: string;
  cells: ReactNode[];
}

interface WorkTableProps {
  title: string;
  columns: string[];
  items: Work[];
  isMore: boolean;
  open: (id: string) => void;
}

/** A short worklist above a list; nothing where nobody is needed. */
export function WorkTable({ title, columns, items, isMore, open }: WorkTableProps) {
  if (!items.length) return null;
  return (
    <Section title={`${title} (${items.length}${isMore ? "+" : ""})`}>
      <Table.ScrollContainer minWidth={640} type="native" tabIndex={0}>
        <Table highlightOnHover verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Patient</Table.Th>
              {columns.map((column) => (
                <Table.Th key={column}>{column}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map(({ id, patient, cells }) => (
              <Table.Tr key={id}>
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
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}
