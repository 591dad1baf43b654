import { Button, Group, Text } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import type { Filters } from "./filters.ts";

// Most lists are read without anything being selected.
const BulkDialog = lazy(async () => ({
  default: (await import("./BulkDialog.tsx")).BulkDialog,
}));

/** So many can be named one by one; more are named by what they have in common. */
const NAMED_MAX = 100;

interface BulkBarProps {
  selected: string[];
  filters: Filters;
  clear: () => void;
}

/** What is selected, and what is done to all of it after a look at what would happen. */
export function BulkBar({ selected, filters, clear }: BulkBarProps) {
  const [isAll, setAll] = useState(false);
  if (!selected.length) return null;
  const isTooMany = !isAll && selected.length > NAMED_MAX;
  return (
    <Group gap="sm">
      <Text size="sm" role="status">
        {isAll ? "Everything that matches is selected" : `${selected.length} selected`}
        {isTooMany && `, at most ${NAMED_MAX} can be: select all that match, or fewer`}
      </Text>
      {!isAll && (
        <Button variant="subtle" size="xs" onClick={() => setAll(true)}>
          Select all that match
        </Button>
      )}
      {!isTooMany && (
        <Suspense fallback={null}>
          <BulkDialog
            label="Do something with them"
            targets={isAll ? { filters } : { prescriptions: selected }}
            done={() => {
              setAll(false);
              clear();
            }}
          />
        </Suspense>
      )}
      <Button
        variant="subtle"
        size="xs"
        onClick={() => {
          setAll(false);
          clear();
        }}
      >
        Clear
      </Button>
    </Group>
  );
}
