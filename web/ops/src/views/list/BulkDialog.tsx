import { Button, Group, List, NativeSelect, Stack, Text, Textarea, TextInput } from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { act } from "../../data/acting.ts";
import { useChange } from "../../data/useChange.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { Refusal } from "../../parts/Refusal.tsx";
import { said } from "../../parts/said.ts";
import { type May, useSession } from "../../session/session.ts";
import styles from "./BulkDialog.module.css";

type Bulk = Model<"Bulk">;
type BulkResult = Model<"BulkResult">;

interface Choice {
  value: Bulk["act"];
  label: string;
  may: May;
}

const ACTS: readonly Choice[] = [
  { value: "start_enrollment", label: "Invite the patients", may: "start_enrollment" },
  { value: "hold", label: "Hold", may: "hold_prescription" },
  { value: "let_go", label: "Let go on what is held", may: "hold_prescription" },
  { value: "release", label: "Release from findings", may: "release_prescription" },
  { value: "assign", label: "Assign", may: "assign_prescription" },
  { value: "redrive", label: "Redrive what failed", may: "redrive_prescription" },
];

/** To whom: the chosen ones, everything the filters match, or a group of failures. */
export type Targets = Pick<Bulk, "prescriptions" | "filters" | "failures">;

interface BulkDialogProps {
  label: string;
  targets: Targets;
  only?: Bulk["act"];
  done?: () => void;
  /** Told when it opens and closes: where it stands must stay as long, whatever comes of it. */
  watch?: (isOpen: boolean) => void;
}

/** First what would happen, item by item; then, pressed a second time, it happens. */
export function BulkDialog({ label, targets, only, done, watch }: BulkDialogProps) {
  const [isOpen, setOpen] = useState(false);
  const [wish, setWish] = useState<Bulk | null>(null);
  const [result, setResult] = useState<BulkResult | null>(null);
  const change = useChange();
  const isDone = Boolean(result && !result.dry_run);
  const turn = (isNow: boolean) => {
    setOpen(isNow);
    watch?.(isNow);
  };
  const close = () => {
    turn(false);
    setWish(null);
    if (isDone) done?.();
    setResult(null);
    change.forget();
  };
  const send = (body: Bulk) =>
    change.run(async () => setResult(await act("post", "/api/v1/bulk", { body })));
  const look = (asked: Omit<Bulk, keyof Targets>) => {
    const body: Bulk = { ...asked, ...targets };
    setResult(null);
    setWish(body);
    void send(body);
  };
  const carryOut = () => wish && void send({ ...wish, dry_run: false });
  const isReady = result?.dry_run && result.done > 0;
  const isLeft = isDone && result && result.left > 0;
  return (
    <>
      <Button size="xs" onClick={() => turn(true)}>
        {label}
      </Button>
      {isOpen && (
        <Dialog title={label} close={close} size="lg">
          <Stack gap="sm">
            {!isDone && (
              <Asking only={only} look={look} forget={() => setResult(null)} change={change} />
            )}
            <Refusal problem={change.problem} />
            {result && <Result result={result} />}
            {isReady && (
              <Button loading={change.isBusy} onClick={carryOut}>
                Do it to {result.done}
              </Button>
            )}
            {isLeft && (
              <Button loading={change.isBusy} onClick={carryOut}>
                Go on with the {result.left} left
              </Button>
            )}
            {isDone && (
              <Group justify="flex-end">
                <Button variant="default" onClick={close}>
                  Done
                </Button>
              </Group>
            )}
          </Stack>
        </Dialog>
      )}
    </>
  );
}

interface AskingProps {
  only: Bulk["act"] | undefined;
  look: (asked: Omit<Bulk, keyof Targets>) => void;
  /** What was foreseen holds no more: another thing is asked for. */
  forget: () => void;
  change: { isBusy: boolean };
}

function Asking({ only, look, forget, change }: AskingProps) {
  const { may } = useSession();
  const choices = ACTS.filter((choice) => may.includes(choice.may));
  const [chosen, choose] = useState<Bulk["act"]>(only ?? choices[0]?.value ?? "hold");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    look({
      act: chosen,
      reason: said(form, "reason"),
      assignee: said(form, "assignee") || null,
      hold_reason: "ops",
      dry_run: true,
    });
  };
  return (
    <form onSubmit={submit} onChange={forget}>
      <Stack gap="sm">
        {!only && (
          <NativeSelect
            label="What"
            data={choices.map(({ value, label }) => ({ value, label }))}
            value={chosen}
            onChange={(event) => choose(event.currentTarget.value as Bulk["act"])}
          />
        )}
        {chosen === "assign" && (
          <TextInput name="assignee" label="To whom (empty: nobody)" maxLength={64} />
        )}
        <Textarea name="reason" label="Why" required minLength={3} maxLength={500} />
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={change.isBusy}>
            See what would happen
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Result({ result }: { result: BulkResult }) {
  const refused = result.items.filter(({ outcome }) => outcome === "refused");
  return (
    <div role="status">
      <Text size="sm" fw={600}>
        {result.matched} found: {result.done} {result.dry_run ? "would be done" : "done"},{" "}
        {result.refused} refused{result.left ? `, ${result.left} left for another go` : ""}.
      </Text>
      {refused.length > 0 && (
        <List size="sm" className={styles.refused}>
          {refused.map((item) => (
            <List.Item key={item.prescription_id}>
              <Link to="/prescriptions/$id" params={{ id: item.prescription_id }}>
                {item.prescription_id}
              </Link>
              : {item.detail}
            </List.Item>
          ))}
        </List>
      )}
    </div>
  );
}
