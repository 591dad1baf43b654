import { Group, Loader, Stack, TextInput, Title } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { type FormEvent, lazy, Suspense, useEffect, useState } from "react";
import { COUNTS_EVERY_MS, useLive } from "../../data/live.ts";
import { said } from "../../parts/said.ts";
import { useMay } from "../../session/session.ts";
import { Trouble } from "../../shell/Trouble.tsx";
import type { Shown } from "../prescription/shown.ts";
import type { ListSearch, Status } from "../search.ts";
import { labelOf, type Tab } from "../tabs.ts";
import { BulkBar } from "./BulkBar.tsx";
import { Columns } from "./Columns.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { queryOf } from "./filters.ts";
import styles from "./ListView.module.css";
import { RowTable } from "./RowTable.tsx";
import { SavedViews } from "./SavedViews.tsx";
import { useRows } from "./useRows.ts";

const Beside = lazy(async () => ({ default: (await import("./Beside.tsx")).Beside }));
const Failures = lazy(async () => ({
  default: (await import("../failures/Failures.tsx")).Failures,
}));

const route = getRouteApi("/signed-in/work/$tab");

/** The prescriptions behind a tab, beside one of them when it is opened. */
export function ListView() {
  const { tab } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const statuses = useStatuses(tab);
  const change = (changed: Partial<ListSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...changed }) });
  const show = (shown: Shown) =>
    void navigate({ search: (before) => ({ ...before, ...shown }), replace: true });
  useEffect(() => {
    if (!search.open) document.title = `${labelOf(tab)} - Pharmonico ops`;
  }, [tab, search.open]);
  return (
    <div className={search.open ? styles.two : undefined}>
      <Stack gap="sm" className={styles.list}>
        <Group justify="space-between" align="end">
          <Title order={1} size="h3">
            {labelOf(tab)}
          </Title>
          <Finder q={search.q ?? ""} find={(q) => change({ q: q || undefined })} />
        </Group>
        {tab === "failures" && (
          <Suspense fallback={<Loader size="sm" />}>
            <Failures />
          </Suspense>
        )}
        {statuses ? (
          <Listed key={tab} tab={tab} search={search} statuses={statuses} change={change} />
        ) : (
          <Loader size="sm" />
        )}
      </Stack>
      {search.open && (
        <Suspense fallback={<Loader size="sm" />}>
          <Beside
            id={search.open}
            shown={{ section: search.section, look: search.look }}
            show={show}
            close={() => change({ open: undefined, section: undefined, look: undefined })}
          />
        </Suspense>
      )}
    </div>
  );
}

interface ListedProps {
  tab: Tab;
  search: ListSearch;
  statuses: Status[];
  change: (changed: Partial<ListSearch>) => void;
}

function Listed({ tab, search, statuses, change }: ListedProps) {
  const filters = queryOf(search, statuses);
  const rows = useRows(filters);
  const [selected, select] = useState<ReadonlySet<string>>(new Set());
  const mayBulk = useMay("work_in_bulk");
  if (rows.error) return <Trouble error={rows.error} />;
  return (
    <>
      <Group justify="space-between">
        <FilterBar search={search} statuses={statuses} change={change} />
        <Group gap="xs">
          <SavedViews tab={tab} search={search} filters={filters} />
          <Columns chosen={search.columns} choose={(columns) => change({ columns })} />
        </Group>
      </Group>
      {mayBulk && (
        <BulkBar selected={[...selected]} filters={filters} clear={() => select(new Set())} />
      )}
      <RowTable
        rows={rows}
        columns={search.columns}
        selected={selected}
        select={select}
        open={(open) => change({ open })}
        opened={search.open}
      />
    </>
  );
}

/** Which statuses stand behind a tab, as the counts have it. */
function useStatuses(tab: Tab): Status[] | undefined {
  const { data } = useLive("/api/v1/counts", {}, COUNTS_EVERY_MS);
  return data?.body.tabs.find((each) => each.tab === tab)?.statuses.map(({ status }) => status);
}

function Finder({ q, find }: { q: string; find: (words: string) => void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    find(said(new FormData(event.currentTarget), "q"));
  };
  return (
    <search>
      <form onSubmit={submit}>
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
