import { Anchor, List, Loader, Stack, Text, Textarea } from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { act } from "../../data/acting.ts";
import { useLive } from "../../data/live.ts";
import { usePages } from "../../data/usePages.ts";
import { ActionDialog } from "../../parts/ActionDialog.tsx";
import { Acts } from "../../parts/Acts.tsx";
import { More } from "../../parts/More.tsx";
import { Section } from "../../parts/Section.tsx";
import { said } from "../../parts/said.ts";
import { momentText } from "../../parts/when.ts";
import { plainCode } from "../../parts/words.ts";
import { useMay } from "../../session/session.ts";
import { Trouble } from "../../shell/Trouble.tsx";
import { BulkDialog } from "../list/BulkDialog.tsx";
import styles from "./Failures.module.css";

type Group = Model<"FailureGroup">;
type Failed = Model<"FailedPrescription">;

/** What failed, grouped by step and code: the cause in words, and all of it redriven at once. */
export function Failures() {
  const { data, error } = useLive("/api/v1/failures");
  const [kept, keep] = useState<Group | null>(null);
  if (error && !data) return <Trouble error={error} />;
  const groups = withKept(data?.body.groups ?? [], kept);
  if (!groups.length) return null;
  return (
    <Stack gap="sm">
      {groups.map((group) => (
        <Grouped key={nameOf(group)} group={group} keep={keep} />
      ))}
      {data?.body.more && <Text size="sm">Only the first 1,000 failures were grouped.</Text>}
    </Stack>
  );
}

const nameOf = ({ step, code }: Group): string => `${step} ${code}`;

/** A group that is being redriven stays until that is read, though nothing may be left of it. */
function withKept(groups: Group[], kept: Group | null): Group[] {
  const isThere = !kept || groups.some((group) => nameOf(group) === nameOf(kept));
  return isThere ? groups : [kept, ...groups];
}

interface GroupedProps {
  group: Group;
  keep: (group: Group | null) => void;
}

function Grouped({ group, keep }: GroupedProps) {
  const [isOpen, setOpen] = useState(false);
  const mayRedrive = useMay("redrive_prescription");
  const mayBulk = useMay("work_in_bulk");
  return (
    <Section
      title={`${plainCode(group.step)}: ${group.code} (${group.count})`}
      aside={
        mayRedrive &&
        mayBulk && (
          <BulkDialog
            label={`Redrive all ${group.count}`}
            only="redrive"
            targets={{ failures: { step: group.step, code: group.code } }}
            watch={(isOpen) => keep(isOpen ? group : null)}
          />
        )
      }
    >
      <Text size="sm">{group.words}</Text>
      <Text size="xs" c="dimmed">
        First {momentText(group.first_seen)}, last {momentText(group.last_seen)}
      </Text>
      <details className={styles.which} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>Which ones</summary>
        {isOpen && <Which group={group} />}
      </details>
    </Section>
  );
}

function Which({ group }: { group: Group }) {
  const query = { step: group.step, code: group.code };
  const pages = usePages("/api/v1/failures/prescriptions", { query });
  if (pages.isLoading) return <Loader size="sm" />;
  return (
    <>
      <List size="sm" className={styles.ones} listStyleType="none">
        {pages.items.map((failed) => (
          <List.Item key={failed.prescription_id}>
            <One failed={failed} />
          </List.Item>
        ))}
      </List>
      <More shown={pages.items.length} total={String(group.count)} pages={pages} />
    </>
  );
}

function One({ failed }: { failed: Failed }) {
  const may = useMay("redrive_prescription");
  const done = failed.effects.map(plainCode).join(", ").toLowerCase();
  return (
    <Stack gap={4} align="start">
      <Anchor component={Link} to={`/prescriptions/${failed.prescription_id}`} size="sm">
        {failed.prescription_id}
      </Anchor>
      <Text size="xs" c="dimmed">
        {failed.count === 1 ? "Once" : `${failed.count} times, last`} {momentText(failed.last_seen)}
        ; done by then: {done || "nothing"}
      </Text>
      {may && (
        <Acts label={`What may be done about ${failed.prescription_id}`}>
          <ActionDialog
            label="Resolve with a note"
            words="It is taken off the list without running again; nothing is deleted."
            act={(form) =>
              act("post", "/api/v1/failures/{prescription_id}/resolve", {
                path: { prescription_id: failed.prescription_id },
                body: { note: said(form, "note"), acknowledged: failed.effects },
              })
            }
          >
            {done && <Text size="sm">It stays as it is that this was done: {done}.</Text>}
            <Textarea name="note" label="Why it needs no redrive" required maxLength={500} />
          </ActionDialog>
        </Acts>
      )}
    </Stack>
  );
}
