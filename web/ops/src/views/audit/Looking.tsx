import { Button, Checkbox, Group, Loader, Stack, Table, Text, TextInput } from "@mantine/core";
import { ask } from "@pharmonico/shared/api/call.ts";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { act } from "../../data/acting.ts";
import { ActionDialog } from "../../parts/ActionDialog.tsx";
import { Section } from "../../parts/Section.tsx";
import { said } from "../../parts/said.ts";
import { Wide } from "../../parts/Wide.tsx";
import { momentText } from "../../parts/when.ts";
import { plainCode } from "../../parts/words.ts";
import { useMay } from "../../session/session.ts";
import { Trouble } from "../../shell/Trouble.tsx";
import type { AuditSearch } from "../search.ts";
import { spanOf } from "./span.ts";

type Entry = Model<"Entry">;

const ROWS = 50;
const route = getRouteApi("/signed-in/audit");

/** Entries by who, what, about whom and when; reading them is audited, so nothing is polled. */
export function Looking() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, isFetching, hasNextPage, fetchNextPage } = useEntries(search);
  const entries = data?.pages.flatMap(({ items }) => items) ?? [];
  const unreadable = data?.pages.reduce((sum, page) => sum + page.unreadable, 0) ?? 0;
  return (
    <Section
      title={search.looks ? `Who looked at ${search.patient ?? "whom?"}` : "Entries"}
      aside={<Exporting search={search} />}
    >
      <Stack gap="sm">
        <Asking
          key={JSON.stringify(search)}
          search={search}
          ask={(next) => void navigate({ search: next })}
        />
        {error && <Trouble error={error} />}
        {unreadable > 0 && (
          <Text size="sm">{unreadable} entries cannot be read: verifying says where.</Text>
        )}
        <Entries entries={entries} />
        {!isFetching && !error && !entries.length && <Text size="sm">Nothing was found.</Text>}
        {isFetching && <Loader size="sm" />}
        {hasNextPage && !isFetching && (
          <Button variant="subtle" size="xs" onClick={() => void fetchNextPage()}>
            Look further back
          </Button>
        )}
      </Stack>
    </Section>
  );
}

function useEntries(search: AuditSearch) {
  const { patient, looks } = search;
  const isLooks = Boolean(looks && patient);
  return useInfiniteQuery({
    queryKey: ["audit", search],
    queryFn: async ({ pageParam, signal }) => {
      const span = { ...spanOf(search), limit: ROWS, cursor: pageParam };
      if (isLooks) {
        const path = { patient_id: patient ?? "" };
        const asked = { path, query: span, signal };
        return (await ask("get", "/api/v1/audit/patients/{patient_id}", asked)).body;
      }
      const { actor, action, prescription } = search;
      const query = { ...span, actor, action, patient, prescription };
      return (await ask("get", "/api/v1/audit", { query, signal })).body;
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function Asking({ search, ask }: { search: AuditSearch; ask: (search: AuditSearch) => void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    ask({
      actor: said(form, "actor") || undefined,
      action: said(form, "action") || undefined,
      patient: said(form, "patient") || undefined,
      prescription: said(form, "prescription") || undefined,
      from: said(form, "from") || undefined,
      to: said(form, "to") || undefined,
      looks: form.get("looks") === "on" ? true : undefined,
    });
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="end">
        <TextInput size="xs" name="actor" label="Who" defaultValue={search.actor ?? ""} />
        <TextInput size="xs" name="action" label="What" defaultValue={search.action ?? ""} />
        <TextInput
          size="xs"
          name="patient"
          label="Patient id"
          defaultValue={search.patient ?? ""}
        />
        <TextInput
          size="xs"
          name="prescription"
          label="Rx id"
          defaultValue={search.prescription ?? ""}
        />
        <TextInput
          size="xs"
          name="from"
          type="date"
          label="From"
          defaultValue={search.from ?? ""}
        />
        <TextInput size="xs" name="to" type="date" label="To" defaultValue={search.to ?? ""} />
        <Checkbox
          size="xs"
          name="looks"
          label="Only who looked at the patient"
          defaultChecked={search.looks ?? false}
        />
        <Button type="submit" size="xs">
          Look
        </Button>
      </Group>
    </form>
  );
}

function Entries({ entries }: { entries: Entry[] }) {
  if (!entries.length) return null;
  return (
    <Wide label="Entries" minWidth={720}>
      <Table highlightOnHover verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>When</Table.Th>
            <Table.Th>Who</Table.Th>
            <Table.Th>What</Table.Th>
            <Table.Th>About</Table.Th>
            <Table.Th>Outcome</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map(({ act }) => (
            <Table.Tr key={act.act_id}>
              <Table.Td>{momentText(act.at)}</Table.Td>
              <Table.Td>
                {act.actor.role}{" "}
                <Link to="/audit" search={{ actor: act.actor.id }}>
                  {act.actor.id}
                </Link>
              </Table.Td>
              <Table.Td>{plainCode(act.action)}</Table.Td>
              <Table.Td>
                <Thing id={act.resource} />
              </Table.Td>
              <Table.Td>{act.outcome}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}

function Thing({ id }: { id: string }) {
  if (id.startsWith("rx_")) {
    return (
      <Link to="/prescriptions/$id" params={{ id }}>
        {id}
      </Link>
    );
  }
  if (!id.startsWith("pat_")) return id;
  return (
    <Link to="/audit" search={{ patient: id, looks: true }}>
      {id}
    </Link>
  );
}

/** What is shown as a file, its last line our signature. */
function Exporting({ search }: { search: AuditSearch }) {
  const may = useMay("export_audit");
  const { actor = "", action = "", patient = "" } = search;
  return (
    <ActionDialog
      label="Export"
      words="The entries of this time, actor, action and patient as a signed file; the export is itself audited."
      offered={may}
      act={async () => {
        const body = { ...spanOf(search), actor, action, patient };
        const made = await act("post", "/api/v1/audit/exports", { body });
        window.open(made.url, "_blank", "noopener");
      }}
    />
  );
}
