import { Button, Checkbox, Loader, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import styles from "./ListView.module.css";
import { type Row, shownColumns } from "./rowColumns.tsx";
import type { Rows } from "./useRows.ts";

interface RowTableProps {
  rows: Rows;
  columns: string[] | undefined;
  selected: ReadonlySet<string>;
  select: (selected: ReadonlySet<string>) => void;
  open: (id: string) => void;
  opened: string | undefined;
}

/** The rows; the name opens the prescription beside the list, or anywhere as a link. */
export function RowTable({ rows, columns, selected, select, open, opened }: RowTableProps) {
  const shown = shownColumns(columns);
  const now = Date.now();
  const isAll = rows.rows.length > 0 && rows.rows.every(({ id }) => selected.has(id));
  const toggleAll = () => select(new Set(isAll ? [] : rows.rows.map(({ id }) => id)));
  const toggle = (id: string) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    select(next);
  };
  return (
    <>
      {rows.news > 0 && (
        <Button size="xs" radius="xl" className={styles.news} onClick={rows.showNews}>
          {rows.news} new
        </Button>
      )}
      <Table.ScrollContainer minWidth={640} type="native">
        <Table highlightOnHover verticalSpacing="xs" className={styles.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th className={styles.check}>
                <Checkbox
                  size="xs"
                  aria-label="Select every row that is shown"
                  checked={isAll}
                  indeterminate={!isAll && selected.size > 0}
                  onChange={toggleAll}
                />
              </Table.Th>
              <Table.Th>Patient</Table.Th>
              {shown.map(({ name, label }) => (
                <Table.Th key={name}>{label}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.rows.map((row) => (
              <Table.Tr key={row.id} data-open={row.id === opened || undefined}>
                <Table.Td>
                  <Checkbox
                    size="xs"
                    aria-label={`Select ${row.patient_name}, ${row.drug}`}
                    checked={selected.has(row.id)}
                    onChange={() => toggle(row.id)}
                  />
                </Table.Td>
                <Table.Td>
                  <Name row={row} open={open} />
                </Table.Td>
                {shown.map(({ name, cell, isNumber }) => (
                  <Table.Td key={name} className={isNumber ? styles.number : undefined}>
                    {cell(row, now) || "–"}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {rows.rows.length === 0 && !rows.isLoading && (
        <Text c="dimmed">Nothing is waiting here.</Text>
      )}
      {rows.isLoading && <Loader size="sm" />}
      {rows.more && <More more={rows.more} isLoading={rows.isLoading} />}
    </>
  );
}

/** A plain click opens it here; with a key or the middle button it is a link like any other. */
function Name({ row, open }: { row: Row; open: (id: string) => void }) {
  return (
    <Link
      to="/prescriptions/$id"
      params={{ id: row.id }}
      preload={false}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        open(row.id);
      }}
    >
      {row.patient_name}
    </Link>
  );
}

/** The next page comes when its place is scrolled to, or at a press. */
function More({ more, isLoading }: { more: () => void; isLoading: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const asked = useRef(more);
  asked.current = more;
  useEffect(() => {
    const target = place.current;
    if (!target || isLoading) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && asked.current());
    watch.observe(target);
    return () => watch.disconnect();
  }, [isLoading]);
  return (
    <div ref={place} className={styles.more}>
      <Button variant="subtle" size="xs" onClick={more} loading={isLoading}>
        Show more
      </Button>
    </div>
  );
}
