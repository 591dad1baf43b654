import { Button, Loader, Table, Text } from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { useLive } from "../../data/live.ts";
import { Acts } from "../../parts/Acts.tsx";
import { Moment } from "../../parts/Moment.tsx";
import { Raw } from "../../parts/Raw.tsx";
import { isLook } from "../../parts/Refusal.tsx";
import { Section } from "../../parts/Section.tsx";
import { Wide } from "../../parts/Wide.tsx";
import { momentText } from "../../parts/when.ts";
import { plainCode, spanText } from "../../parts/words.ts";
import { useSession } from "../../session/session.ts";
import { Trouble } from "../../shell/Trouble.tsx";
import { waitingText } from "./Overview.tsx";
import styles from "./Prescription.module.css";
import type { Detail } from "./reading.ts";
import { LOOKS, type Look, type Shown } from "./shown.ts";

type Entry = Model<"Entry">;

interface TimelineProps {
  rx: Detail;
  shown: Shown;
  show: (shown: Shown) => void;
}

const LABELS: Record<Look, string> = { steps: "Timeline", table: "Table", raw: "JSON" };

/** Everything that happened, by whom and when, with the time between and what it waits for. */
export function Timeline({ rx, shown, show }: TimelineProps) {
  const path = { prescription_id: rx.id };
  const { data, error } = useLive("/api/v1/prescriptions/{prescription_id}/timeline", { path });
  const look = shown.look ?? "steps";
  const switchLook = (
    <Acts label="Show as">
      {LOOKS.map((each) => (
        <Button
          key={each}
          size="xs"
          variant={each === look ? "light" : "subtle"}
          aria-pressed={each === look}
          onClick={() => show({ ...shown, look: each === "steps" ? undefined : each })}
        >
          {LABELS[each]}
        </Button>
      ))}
    </Acts>
  );
  return (
    <Section title="What happened" aside={switchLook}>
      {error && !data && <Trouble error={error} />}
      {!data && !error && <Loader size="sm" />}
      {data && <Entries entries={data.body.entries} look={look} rx={rx} />}
    </Section>
  );
}

function Entries({ entries, look, rx }: { entries: Entry[]; look: Look; rx: Detail }) {
  if (look === "raw") return <Raw text={JSON.stringify(entries, null, 2)} />;
  return look === "table" ? <Rows entries={entries} /> : <Steps entries={entries} rx={rx} />;
}

function Steps({ entries, rx }: { entries: Entry[]; rx: Detail }) {
  const { user_id } = useSession();
  const done = entries.filter(({ act }) => !isLook(act.action));
  return (
    <ol className={styles.steps}>
      {done.map((entry, place) => (
        <li
          key={entry.sequence}
          className={styles.step}
          data-tone={entry.act.outcome === "ok" ? undefined : "bad"}
        >
          <strong>{titleOf(entry)}</strong>
          <div className={styles.detail}>
            {momentText(entry.act.at)} · {actorOf(entry, user_id)}
            {afterText(done[place - 1], entry)}
          </div>
        </li>
      ))}
      {rx.waiting && (
        <li className={styles.step} data-tone="wait">
          <strong>Waiting</strong>
          <div className={styles.detail}>{waitingText(rx.waiting, Date.now())}</div>
        </li>
      )}
    </ol>
  );
}

function Rows({ entries }: { entries: Entry[] }) {
  const { user_id } = useSession();
  return (
    <Wide label="What happened" minWidth={640}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>#</Table.Th>
            <Table.Th>When</Table.Th>
            <Table.Th>What</Table.Th>
            <Table.Th>Who</Table.Th>
            <Table.Th>Outcome</Table.Th>
            <Table.Th>More</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <Table.Tr key={entry.sequence}>
              <Table.Td>{entry.sequence}</Table.Td>
              <Table.Td>
                <Moment at={entry.act.at} />
              </Table.Td>
              <Table.Td>{plainCode(entry.act.action)}</Table.Td>
              <Table.Td>{actorOf(entry, user_id)}</Table.Td>
              <Table.Td>{entry.act.outcome}</Table.Td>
              <Table.Td>
                <Text size="xs" c="dimmed">
                  {Object.entries(entry.act.detail ?? {})
                    .map(([name, value]) => `${name} ${String(value)}`)
                    .join(", ")}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}

function titleOf({ act }: Entry): string {
  const { status_before: before, status_after: after } = act.detail as Record<string, string>;
  const moved = after && after !== before ? `, now ${plainCode(after).toLowerCase()}` : "";
  const failed = act.outcome && act.outcome !== "ok" ? ` (${act.outcome})` : "";
  return `${plainCode(act.action)}${moved}${failed}`;
}

function actorOf({ act }: Entry, me: string): string {
  const { id, role } = act.actor;
  if (id === me) return "you";
  return role === id ? role : `${role} ${id}`;
}

function afterText(before: Entry | undefined, entry: Entry): string {
  if (!before) return "";
  const seconds = (Date.parse(entry.act.at) - Date.parse(before.act.at)) / 1000;
  return seconds >= 1 ? ` · after ${spanText(seconds)}` : "";
}
