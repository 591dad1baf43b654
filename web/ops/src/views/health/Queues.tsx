import { Alert, Badge, Table, Text } from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { act } from "../../data/acting.ts";
import { useLive } from "../../data/live.ts";
import { ActionDialog } from "../../parts/ActionDialog.tsx";
import { Section } from "../../parts/Section.tsx";
import { Wide } from "../../parts/Wide.tsx";
import { momentText } from "../../parts/when.ts";
import { plainCode } from "../../parts/words.ts";
import { useMay } from "../../session/session.ts";
import { Trouble } from "../../shell/Trouble.tsx";
import styles from "./Health.module.css";
import { byTrouble, EVERY_MS, isBusy } from "./standing.ts";

type Queue = Model<"SystemApiQueue">;

/** What waits before the functions, and what nobody could take; the quiet ones are folded away. */
export function Queues() {
  const { data, error } = useLive("/api/v1/system/queues", {}, EVERY_MS);
  if (error && !data) return <Trouble error={error} />;
  if (!data) return null;
  const queues = byTrouble(data.body.queues);
  const busy = queues.filter(isBusy);
  const quiet = queues.filter((queue) => !isBusy(queue));
  const dead = queues.filter(({ dead_letters }) => dead_letters > 0);
  return (
    <Section
      title="Queues"
      aside={
        <Text size="xs" c="dimmed">
          About as many as there are, counted {momentText(data.body.counted_at)}
        </Text>
      }
    >
      {dead.length > 0 && (
        <Alert
          color="red"
          mb="sm"
          title={`Nobody could take some messages of ${dead.length === 1 ? "one queue" : `${dead.length} queues`}`}
        >
          They are kept for 14 days. What was to be done for a prescription is found under Failures.
        </Alert>
      )}
      {busy.length > 0 ? (
        <Rows label="Queues in which something waits" queues={busy} />
      ) : (
        <Text size="sm">Nothing waits, and nothing was given up.</Text>
      )}
      {quiet.length > 0 && (
        <details className={styles.quiet}>
          <summary>{quiet.length} in which nothing waits</summary>
          <Rows label="Quiet queues" queues={quiet} />
        </details>
      )}
    </Section>
  );
}

function Rows({ label, queues }: { label: string; queues: Queue[] }) {
  const may = useMay("redrive_queue");
  const mayRedrive = may && queues.some(({ dead_letters }) => dead_letters > 0);
  return (
    <Wide label={label} minWidth={480}>
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Queue</Table.Th>
            <Table.Th className={styles.figure}>Waiting</Table.Th>
            <Table.Th className={styles.figure}>In flight</Table.Th>
            <Table.Th className={styles.figure}>Dead letters</Table.Th>
            {mayRedrive && <Table.Th>Again</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {queues.map(({ name, waiting, in_flight, dead_letters }) => (
            <Table.Tr key={name}>
              <Table.Td>{nameOf(name)}</Table.Td>
              <Table.Td className={styles.figure}>{waiting?.toLocaleString() ?? "–"}</Table.Td>
              <Table.Td className={styles.figure}>{in_flight?.toLocaleString() ?? "–"}</Table.Td>
              <Table.Td className={styles.figure}>
                {dead_letters > 0 ? <Badge color="red">{dead_letters.toLocaleString()}</Badge> : 0}
              </Table.Td>
              {mayRedrive && (
                <Table.Td>{dead_letters > 0 && <Redrive name={name} waiting={waiting} />}</Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}

/** What nobody could take goes back to where it came from, at most 100 at once. */
function Redrive({ name, waiting }: Pick<Queue, "name" | "waiting">) {
  return (
    <ActionDialog
      label="Try again"
      words={`Dead letters of ${nameOf(name)} go back to its queue, at most 100 at once. First see to what kept them from being taken.`}
      because={waiting === null ? "There is no queue before it that they could go back to." : null}
      act={() => act("post", "/api/v1/system/queues/{name}/redrive", { path: { name } })}
    />
  );
}

const nameOf = (name: string): string => plainCode(name.replace(/-/g, "_"));
