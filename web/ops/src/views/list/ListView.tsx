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
import { Worklist } from "../worklists/Worklist.tsx";
import { BulkBar } from "./BulkBar.tsx";
import { Columns } from "./Columns.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { queryOf } from "./filters.ts";
import styles from "./ListView.module.css";
import { RowTable } from "./RowTable.tsx";
import { SavedViews } from "./SavedViews.tsx";
import { useRows } from "./useRows.ts";

const Beside = lazy(async () => ({ default: (await import("./Beside.tsx")).Beside }));

const work = getRouteApi("/signed-in/work/$tab");
const everywhere = getRouteApi("/signed-in/find");

/** The prescriptions behind a tab, beside one of them when it is opened. */
export function ListView() {
  const { tab } = work.useParams();
  const search = work.useSearch();
  const navigate = work.useNavigate();
  const change = (changed: Partial<ListSearch>, replace = false) =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace });
  return (
    <Listing
      key={tab}
      title={labelOf(tab)}
      tab={tab}
      statuses={useStatuses(tab)}
      search={search}
      change={change}
    />
  );
}

/** What fits some words, whatever its status. */
export function FindView() {
  const search = everywhere.useSearch();
  const navigate = everywhere.useNavigate();
  const change = (changed: Partial<ListSearch>, replace = false) =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace });
  const open = useCounted().flatMap(({ statuses }) => statuses.map(({ status }) => status));
  const choices = [...open, ...ENDED];
  return (
    <Listing title="Everything" statuses={[]} choices={choices} search={search} change={change} />
  );
}

interface ListingProps {
  title: string;
  tab?: Tab;
  /** Of which statuses the list is; none are all of them. */
  statuses: Status[] | undefined;
  /** Of which one can be chosen, where that is not the same. */
  choices?: Status[];
  search: ListSearch;
  change: (changed: Partial<ListSearch>, replace?: boolean) => void;
}

function Listing({ title, tab, statuses, choices, search, change }: ListingProps) {
  useEffect(() => {
    if (!search.open) document.title = `${title} - Pharmonico ops`;
  }, [title, search.open]);
  const shown = { section: search.section, look: search.look };
  return (
    <div className={search.open ? styles.two : undefined}>
      <Stack gap="sm" className={styles.list}>
        <Group justify="space-between" align="end">
          <Title order={1} size="h3">
            {title}
          </Title>
          <Finder q={search.q ?? ""} find={(q) => change({ q: q || undefined })} />
        </Group>
        {tab && <Worklist tab={tab} open={(open) => change({ open })} />}
        {statuses ? (
          <Listed
            tab={tab}
            search={search}
            statuses={statuses}
            choices={choices ?? statuses}
            change={change}
          />
        ) : (
          <Loader size="sm" />
        )}
      </Stack>
      {search.open && (
        <Suspense fallback={<Loader size="sm" />}>
          <Beside
            id={search.open}
            shown={shown}
            show={(next: Shown) => change({ section: next.section, look: next.look }, true)}
            close={() => change({ open: undefined, section: undefined, look: undefined })}
          />
        </Suspense>
      )}
    </div>
  );
}

interface ListedProps {
  tab: Tab | undefined;
  search: ListSearch;
  statuses: Status[];
  choices: Status[];
  change: (changed: Partial<ListSearch>) => void;
}

const NONE: ReadonlySet<string> = new Set();

function Listed({ tab, search, statuses, choices, change }: ListedProps) {
  const filters = queryOf(search, statuses);
  const rows = useRows(filters);
  const of = JSON.stringify(filters);
  const [selection, setSelection] = useState({ of, ids: NONE });
  // What was chosen out of another list is not acted upon out of sight.
  const selected = selection.of === of ? selection.ids : NONE;
  const select = (ids: ReadonlySet<string>) => setSelection({ of, ids });
  const mayBulk = useMay("work_in_bulk");
  if (rows.error && !rows.rows.length) return <Trouble error={rows.error} />;
  return (
    <>
      <Group justify="space-between">
        <FilterBar search={search} statuses={choices} change={change} />
        <Group gap="xs">
          {tab && <SavedViews tab={tab} search={search} filters={filters} />}
          <Columns chosen={search.columns} choose={(columns) => change({ columns })} />
        </Group>
      </Group>
      {mayBulk && (
        <BulkBar
          selected={[...selected]}
          filters={filters}
          clear={() => {
            select(NONE);
            rows.again();
          }}
        />
      )}
      <RowTable
        rows={rows}
        columns={search.columns}
        selected={mayBulk ? selected : null}
        select={select}
        open={(open) => change({ open })}
        opened={search.open}
      />
    </>
  );
}

const FAILED: Status[] = ["failed"];
/** Where nothing waits any more, so that no tab counts them. */
const ENDED: Status[] = ["failed", "completed", "cancelled", "returned"];

/** Which statuses stand behind a tab, as the counts have it; failures are counted by themselves. */
function useStatuses(tab: Tab): Status[] | undefined {
  const found = useCounted().find((each) => each.tab === tab)?.statuses;
  return tab === "failures" ? FAILED : found?.map(({ status }) => status);
}

function useCounted() {
  const { data } = useLive("/api/v1/counts", {}, COUNTS_EVERY_MS);
  return data?.body.tabs ?? [];
}

function Finder({ q, find }: { q: string; find: (words: string) => void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    find(said(new FormData(event.currentTarget), "q"));
  };
  return (
    <search className={styles.finder}>
      <form onSubmit={submit}>
        <TextInput
          key={q}
          size="xs"
          name="q"
          defaultValue={q}
          aria-label="Find by name, birth date, Rx, member id, NDC, claim or tracking number"
          placeholder="Name, birth date, Rx, member id…"
        />
      </form>
    </search>
  );
}
