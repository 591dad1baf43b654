import { Button, Checkbox, Loader, Stack, Text, TextInput } from "@mantine/core";
import { ask } from "@pharmonico/shared/api/call.ts";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { Section } from "../../parts/Section.tsx";
import { said } from "../../parts/said.ts";
import { Trouble } from "../../shell/Trouble.tsx";
import type { AuditSearch } from "../search.ts";
import styles from "./Audit.module.css";
import { Entries } from "./Entries.tsx";
import { Exporting } from "./Exporting.tsx";
import { codeOf } from "./entryWords.ts";
import { spanOf } from "./span.ts";

const ROWS = 50;
const route = getRouteApi("/signed-in/audit");

/** Entries by who, what, about whom and when; reading them is audited, so nothing is polled. */
export function Looking() {
  const { entry: opened, ...search } = route.useSearch();
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
        <Entries
          entries={entries}
          opened={opened}
          open={(entry) => void navigate({ search: { ...search, entry }, replace: true })}
        />
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
      action: codeOf(said(form, "action")) || undefined,
      patient: said(form, "patient") || undefined,
      prescription: said(form, "prescription") || undefined,
      from: said(form, "from") || undefined,
      to: said(form, "to") || undefined,
      looks: form.get("looks") === "on" ? true : undefined,
    });
  };
  return (
    <form onSubmit={submit}>
      <div className={styles.asking}>
        <TextInput size="xs" name="actor" label="Who" defaultValue={search.actor ?? ""} />
        <TextInput
          size="xs"
          name="action"
          label="What"
          placeholder="Prescription read"
          defaultValue={search.action ?? ""}
        />
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
          className={styles.only}
          defaultChecked={search.looks ?? false}
        />
        <Button type="submit" size="xs">
          Look
        </Button>
      </div>
    </form>
  );
}
