import { Group, Loader, Table, Text, TextInput, Title } from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { ageText } from "@pharmonico/shared/time.ts";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type FormEvent, useEffect } from "react";
import { COUNTS_EVERY_MS, useLive } from "../../data/live.ts";
import { Trouble } from "../../shell/Trouble.tsx";
import { labelOf, type Tab } from "../tabs.ts";
import styles from "./ListView.module.css";

const route = getRouteApi("/signed-in/work/$tab");
const ROWS = 50;

type Row = Model<"Row">;

/** The prescriptions behind a tab, oldest or newest first, asked again every five seconds. */
export function ListView() {
  const { tab } = route.useParams();
  const { q, sort } = route.useSearch();
  const statuses = useStatuses(tab);
  useEffect(() => {
    document.title = `${labelOf(tab)} - Pharmonico ops`;
  }, [tab]);
  return (
    <>
      <Group justify="space-between" align="end" mb="md">
        <Title order={1} size="h3">
          {labelOf(tab)}
        </Title>
        <Finder q={q ?? ""} />
      </Group>
      {statuses ? <Rows statuses={statuses} q={q} sort={sort} /> : <Loader size="sm" />}
    </>
  );
}

/** Which statuses stand behind a tab, as the counts have it. */
function useStatuses(tab: Tab) {
  const { data } = useLive("/api/v1/counts", {}, COUNTS_EVERY_MS);
  return data?.body.tabs.find((each) => each.tab === tab)?.statuses.map(({ status }) => status);
}

function Finder({ q }: { q: string }) {
  const navigate = route.useNavigate();
  const find = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const words = String(new FormData(event.currentTarget).get("q")).trim();
    void navigate({ search: (before) => ({ ...before, q: words || undefined }) });
  };
  return (
    <search>
      <form onSubmit={find}>
        <TextInput
          key={q}
          name="q"
          defaultValue={q}
          aria-label="Find by name, birth date, Rx, member id, NDC, claim or tracking number"
          placeholder="Name, birth date, Rx, member id…"
          className={styles.finder}
        />
      </form>
    </search>
  );
}

interface RowsProps {
  statuses: Row["status"][];
  q: string | undefined;
  sort: "oldest" | undefined;
}

function Rows({ statuses, q, sort }: RowsProps) {
  const query = { status: statuses, q, sort: sort ?? "newest", limit: ROWS } as const;
  const { data, error } = useLive("/api/v1/prescriptions", { query });
  if (error && !data) return <Trouble error={error} />;
  if (!data) return <Loader size="sm" />;
  const rows = data.body.items.filter((item): item is Row => "patient_name" in item);
  if (!rows.length) return <Text c="dimmed">Nothing is waiting here.</Text>;
  const now = Date.now();
  return (
    <Table.ScrollContainer minWidth={640} type="native">
      <Table highlightOnHover verticalSpacing="xs" className={styles.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Patient</Table.Th>
            <Table.Th>Medication</Table.Th>
            <Table.Th>Status</Table.Th>
            <Table.Th>Age</Table.Th>
            <Table.Th>Rx</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td>
                <Link to="/prescriptions/$id" params={{ id: row.id }}>
                  {row.patient_name}
                </Link>
              </Table.Td>
              <Table.Td>{row.drug}</Table.Td>
              <Table.Td>{row.status.replaceAll("_", " ")}</Table.Td>
              <Table.Td className={styles.number}>{ageText(row.created_at, now)}</Table.Td>
              <Table.Td className={styles.id}>{row.id}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
