import { Button, Group, List, NativeSelect, Stack, Text, Textarea, TextInput } from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { type FormEvent, useState } from "react";
import { act } from "../../data/acting.ts";
import { useChange } from "../../data/useChange.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { Refusal } from "../../parts/Refusal.tsx";
import { said } from "../../parts/said.ts";
import type { Filters } from "./filters.ts";

type Bulk = Model<"Bulk">;
type BulkResult = Model<"BulkResult">;

const ACTS: { value: Bulk["act"]; label: string }[] = [
  { value: "start_enrollment", label: "Invite the patients" },
  { value: "release", label: "Release" },
  { value: "hold", label: "Hold" },
  { value: "let_go", label: "Let go on" },
  { value: "assign", label: "Assign" },
  { value: "redrive", label: "Redrive" },
];

/** To whom: the chosen ones, everything the filters match, or a group of failures. */
export type Targets = Pick<Bulk, "prescriptions" | "filters" | "failures">;

interface BulkBarProps {
  selected: string[];
  filters: Filters;
  clear: () => void;
}

/** What is selected, and what is done to all of it after a look at what would happen. */
export function BulkBar({ selected, filters, clear }: BulkBarProps) {
  const [isAll, setAll] = useState(false);
  if (!selected.length) return null;
  const targets: Targets = isAll ? { filters } : { prescriptions: selected };
  return (
    <Group gap="sm" role="status">
      <Text size="sm">
        {isAll ? "Everything that matches is selected" : `${selected.length} selected`}
      </Text>
      {!isAll && (
        <Button variant="subtle" size="xs" onClick={() => setAll(true)}>
          Select all that match
        </Button>
      )}
      <BulkDialog label="Do something with them" targets={targets} done={clear} />
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

interface BulkDialogProps {
  label: string;
  targets: Targets;
  only?: Bulk["act"];
  done?: () => void;
}

/** First what would happen, item by item; then, pressed a second time, it happens. */
export function BulkDialog({ label, targets, only, done }: BulkDialogProps) {
  const [isOpen, setOpen] = useState(false);
  const [wish, setWish] = useState<Bulk | null>(null);
  const [result, setResult] = useState<BulkResult | null>(null);
  const change = useChange();
  const close = () => {
    setOpen(false);
    setWish(null);
    if (result && !result.dry_run) done?.();
    setResult(null);
    change.forget();
  };
  const send = (body: Bulk) =>
    change.run(async () => setResult(await act("post", "/api/v1/bulk", { body })));
  const look = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const asked: Bulk = {
      act: (only ?? said(form, "act")) as Bulk["act"],
      reason: said(form, "reason"),
      assignee: said(form, "assignee") || null,
      hold_reason: "ops",
      dry_run: true,
      ...targets,
    };
    setWish(asked);
    void send(asked);
  };
  return (
    <>
      <Button size="xs" onClick={() => setOpen(true)}>
        {label}
      </Button>
      {isOpen && (
        <Dialog title={label} close={close} size="lg">
          <Stack gap="sm">
            <form onSubmit={look}>
              <Stack gap="sm">
                {!only && <NativeSelect name="act" label="What" data={ACTS} />}
                {!only && (
                  <TextInput name="assignee" label="To whom (for assigning; empty: nobody)" />
                )}
                <Textarea name="reason" label="Why" required minLength={3} maxLength={500} />
                <Group justify="flex-end">
                  <Button type="submit" variant="default" loading={change.isBusy}>
                    See what would happen
                  </Button>
                </Group>
              </Stack>
            </form>
            <Refusal problem={change.problem} />
            {result && <Result result={result} />}
            {wish && result?.dry_run && result.done > 0 && (
              <Button
                loading={change.isBusy}
                onClick={() => void send({ ...wish, dry_run: false })}
              >
                Do it to {result.done}
              </Button>
            )}
            {result && !result.dry_run && result.left > 0 && wish && (
              <Button
                loading={change.isBusy}
                onClick={() => void send({ ...wish, dry_run: false })}
              >
                Go on with the {result.left} left
              </Button>
            )}
          </Stack>
        </Dialog>
      )}
    </>
  );
}

function Result({ result }: { result: BulkResult }) {
  const refused = result.items.filter(({ outcome }) => outcome === "refused");
  return (
    <Stack gap={4} role="status">
      <Text size="sm">
        {result.matched} found: {result.done} {result.dry_run ? "would be done" : "done"},{" "}
        {result.refused} refused{result.left ? `, ${result.left} left for another go` : ""}.
      </Text>
      <List size="sm">
        {refused.map((item) => (
          <List.Item key={item.prescription_id}>
            <code>{item.prescription_id}</code> {item.detail}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
