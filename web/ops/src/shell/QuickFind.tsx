import { Loader, Text, TextInput } from "@mantine/core";
import { call } from "@pharmonico/shared/api/call.ts";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useState } from "react";
import { Dialog } from "../parts/Dialog.tsx";
import { StatusBadge } from "../parts/StatusBadge.tsx";
import type { Row } from "../views/list/rowColumns.tsx";
import styles from "./QuickFind.module.css";

const FOUND_MAX = 8;
const WORDS_MIN = 2;
const PAUSE_MS = 200;

/** Ctrl or Cmd with K: a few words, the first prescriptions that fit, all of them as a list. */
export function QuickFind({ isOpen, close }: { isOpen: boolean; close: () => void }) {
  if (!isOpen) return null;
  return (
    <Dialog title="Find anything" close={close} size="lg">
      <Finding close={close} />
    </Dialog>
  );
}

function Finding({ close }: { close: () => void }) {
  const [words, setWords] = useState("");
  const [chosen, choose] = useState(0);
  const settled = useSettled(useDeferredValue(words.trim()));
  const { rows, isAsking } = useFound(settled);
  const navigate = useNavigate();
  const list = useId();
  const go = (row: Row | undefined) => {
    if (row) void navigate({ to: "/prescriptions/$id", params: { id: row.id } });
    else if (words.trim()) void navigate({ to: "/find", search: { q: words.trim() } });
    close();
  };
  const press = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      choose((chosen + by + rows.length + 1) % (rows.length + 1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (words.trim()) go(settled === words.trim() ? rows[chosen] : undefined);
    }
  };
  return (
    <>
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded={settled !== ""}
        aria-controls={list}
        aria-activedescendant={settled ? `${list}-${chosen}` : undefined}
        aria-label="Name, birth date, Rx, member id, NDC, claim or tracking number"
        placeholder="Name, birth date, Rx, member id, NDC, claim, tracking…"
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          choose(0);
        }}
        onKeyDown={press}
        rightSection={isAsking ? <Loader size="xs" /> : null}
      />
      <div id={list} role="listbox" aria-label="Found" className={styles.found}>
        {settled &&
          [...rows, undefined].map((row, place) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
            // biome-ignore lint/a11y/useFocusableInteractive: the field above keeps the focus
            <div
              key={row?.id ?? "all"}
              id={`${list}-${place}`}
              role="option"
              aria-selected={place === chosen}
              className={styles.one}
              onClick={() => go(row)}
            >
              {row ? <Found row={row} /> : <span>Show everything that fits “{words.trim()}”</span>}
            </div>
          ))}
      </div>
    </>
  );
}

function Found({ row }: { row: Row }) {
  return (
    <>
      <span>
        <strong>{row.patient_name}</strong>{" "}
        <Text span size="sm" c="dimmed">
          {row.drug}
        </Text>
      </span>
      <StatusBadge status={row.status} />
    </>
  );
}

function useFound(q: string): { rows: Row[]; isAsking: boolean } {
  const { data, isFetching } = useQuery({
    queryKey: ["find", q],
    queryFn: ({ signal }) =>
      call("get", "/api/v1/prescriptions", { query: { q, limit: FOUND_MAX }, signal }),
    enabled: q.length >= WORDS_MIN,
    placeholderData: keepPreviousData,
  });
  const items = q.length >= WORDS_MIN ? (data?.items ?? []) : [];
  return {
    rows: items.filter((item): item is Row => "patient_name" in item),
    isAsking: isFetching,
  };
}

/** The words once somebody pauses, so that not every letter is a question. */
function useSettled(words: string): string {
  const [settled, settle] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => settle(words), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [words]);
  return settled;
}
