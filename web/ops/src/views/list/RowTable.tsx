import { Button, Checkbox, Loader, Skeleton, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { Wide } from "../../parts/Wide.tsx";
import styles from "./ListView.module.css";
import { type Row, shownColumns } from "./rowColumns.tsx";
import type { Rows } from "./useRows.ts";

interface RowTableProps {
  rows: Rows;
  columns: string[] | undefined;
  /** Nothing, where the roles allow nothing that is done to many. */
  selected: ReadonlySet<string> | null;
  select: (selected: ReadonlySet<string>) => void;
  open: (id: string) => void;
  opened: string | undefined;
}

const ROW_PX = 41;
const OVERSCAN = 15;
const WAITING = ["a", "b", "c", "d", "e", "f"];

/** The rows; the name opens the prescription beside the list, or anywhere as a link. */
export function RowTable({ rows, columns, selected, select, open, opened }: RowTableProps) {
  const shown = shownColumns(columns);
  const now = Date.now();
  const table = useRef<HTMLDivElement>(null);
  const windowed = useWindowVirtualizer({
    count: rows.rows.length,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollMargin: table.current?.offsetTop ?? 0,
  });
  const items = windowed.getVirtualItems();
  const above = items[0] ? items[0].start - windowed.options.scrollMargin : 0;
  const below = rows.rows.length * ROW_PX - above - items.length * ROW_PX;
  const width = shown.length + (selected ? 2 : 1);
  const isEnded = !rows.isLoading && !rows.error && !rows.more && !rows.isFetchingMore;
  const toggle = (id: string) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    select(next);
  };
  return (
    <div ref={table} className={styles.rows}>
      {rows.news > 0 && (
        <Button size="xs" radius="xl" className={styles.news} onClick={rows.showNews}>
          {rows.news} new
        </Button>
      )}
      <Wide label="Prescriptions" minWidth={640} className={styles.frame}>
        <Table highlightOnHover className={styles.table} aria-rowcount={rows.rows.length + 1}>
          <Table.Thead>
            <Table.Tr>
              {selected && (
                <Table.Th className={styles.check}>
                  <All rows={rows.rows} selected={selected} select={select} />
                </Table.Th>
              )}
              <Table.Th>Patient</Table.Th>
              {shown.map(({ name, label }) => (
                <Table.Th key={name}>{label}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            <Space px={above} width={width} />
            {items.map(({ index }) => {
              const row = rows.rows[index];
              if (!row) return null;
              return (
                <Table.Tr
                  key={row.id}
                  aria-rowindex={index + 2}
                  data-open={row.id === opened || undefined}
                  className={styles.row}
                >
                  {selected && (
                    <Table.Td>
                      <Checkbox
                        size="xs"
                        aria-label={`Select ${row.patient_name}, ${row.drug}`}
                        checked={selected.has(row.id)}
                        onChange={() => toggle(row.id)}
                      />
                    </Table.Td>
                  )}
                  <Table.Td className={styles.name} title={row.patient_name}>
                    <Name row={row} open={open} />
                  </Table.Td>
                  {shown.map(({ name, cell, isNumber }) => (
                    <Table.Td key={name} className={isNumber ? styles.number : styles.cell}>
                      {cell(row, now) || <span className={styles.none}>–</span>}
                    </Table.Td>
                  ))}
                </Table.Tr>
              );
            })}
            <Space px={below} width={width} />
            {rows.isLoading &&
              WAITING.map((name) => (
                <Table.Tr key={name} className={styles.row}>
                  <Table.Td colSpan={width}>
                    <Skeleton height={12} />
                  </Table.Td>
                </Table.Tr>
              ))}
          </Table.Tbody>
        </Table>
      </Wide>
      {rows.rows.length === 0 && isEnded && (
        <Text c="dimmed" ta="center" py="xl">
          Nothing is waiting here.
        </Text>
      )}
      <More rows={rows} />
    </div>
  );
}

interface AllProps {
  rows: Row[];
  selected: ReadonlySet<string>;
  select: (selected: ReadonlySet<string>) => void;
}

function All({ rows, selected, select }: AllProps) {
  const isAll = rows.length > 0 && rows.every(({ id }) => selected.has(id));
  return (
    <Checkbox
      size="xs"
      aria-label="Select every row that is loaded"
      checked={isAll}
      indeterminate={!isAll && selected.size > 0}
      onChange={() => select(new Set(isAll ? [] : rows.map(({ id }) => id)))}
    />
  );
}

/** The room of the rows that are out of sight. */
function Space({ px, width }: { px: number; width: number }) {
  if (px <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in an empty row takes the focus
    <tr aria-hidden="true">
      <td colSpan={width} className={styles.space} style={{ height: px }} />
    </tr>
  );
}

/** A plain click opens it here; with a key or the middle button it is a link like any other. */
function Name({ row, open }: { row: Row; open: (id: string) => void }) {
  return (
    <Link
      to="/prescriptions/$id"
      params={{ id: row.id }}
      preload={false}
      data-row-link
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
function More({ rows: { rows, more, isFetchingMore } }: { rows: Rows }) {
  const place = useRef<HTMLDivElement>(null);
  const asked = useRef(more);
  asked.current = more;
  const isMore = more !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: more rows put the place elsewhere
  useEffect(() => {
    const target = place.current;
    if (!target || !isMore) return;
    const watch = new IntersectionObserver(
      // On a busy machine several come at once, the oldest first.
      (entries) => entries.some((entry) => entry.isIntersecting) && asked.current?.(),
      { rootMargin: "400px" },
    );
    watch.observe(target);
    return () => watch.disconnect();
  }, [isMore, rows.length]);
  return (
    <div ref={place} className={styles.more}>
      {more && (
        <Button variant="subtle" size="xs" onClick={more}>
          Show more
        </Button>
      )}
      {isFetchingMore && <Loader size="sm" />}
    </div>
  );
}
