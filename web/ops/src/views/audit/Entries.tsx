import { Table } from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { Link } from "@tanstack/react-router";
import { type Fact, Facts } from "../../parts/Facts.tsx";
import { Heads } from "../../parts/Heads.tsx";
import { Moment } from "../../parts/Moment.tsx";
import { FoldingRow, FoldToggle } from "../../parts/Unfold.tsx";
import { Wide } from "../../parts/Wide.tsx";
import { plainCode } from "../../parts/words.ts";
import { useSession } from "../../session/session.ts";
import styles from "./Audit.module.css";
import { aboutText, newestFirst, shortId } from "./entryWords.ts";

type Entry = Model<"Entry">;

const COLUMNS = ["When", "Who", "What", "About", "Outcome"];

interface EntriesProps {
  entries: Entry[];
  opened: string | undefined;
  open: (act: string | undefined) => void;
}

/** Who did what, newest first; one entry is opened in its place, with its seal. */
export function Entries({ entries, opened, open }: EntriesProps) {
  const { user_id } = useSession();
  if (!entries.length) return null;
  return (
    <Wide label="Entries" minWidth={720}>
      <Table highlightOnHover verticalSpacing={6}>
        <Heads columns={COLUMNS} />
        <Table.Tbody>
          {newestFirst(entries).map((entry) => {
            const { act } = entry;
            const isOpen = act.act_id === opened;
            return (
              <FoldingRow
                key={act.act_id}
                isOpen={isOpen}
                columns={COLUMNS.length}
                more={<Facts isWide facts={factsOf(entry)} />}
              >
                <Table.Td>
                  <Moment at={act.at} />
                </Table.Td>
                <Table.Td className={styles.who}>
                  <Link to="/audit" search={{ actor: act.actor.id }} title={act.actor.id}>
                    {act.actor.role} {act.actor.id === user_id ? "(you)" : shortId(act.actor.id)}
                  </Link>
                </Table.Td>
                <Table.Td>
                  <FoldToggle isOpen={isOpen} turn={() => open(isOpen ? undefined : act.act_id)}>
                    {plainCode(act.action)}
                  </FoldToggle>
                </Table.Td>
                <Table.Td className={styles.about}>
                  <Thing id={act.resource} />
                </Table.Td>
                <Table.Td>{act.outcome}</Table.Td>
              </FoldingRow>
            );
          })}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}

function factsOf({ act, sequence, hash }: Entry): Fact[] {
  const told = Object.entries(act.detail ?? {}).map(
    ([name, value]): Fact => [plainCode(name), String(value)],
  );
  return [
    ["Exactly", new Date(act.at).toISOString()],
    ["By", `${act.actor.role} ${act.actor.id}`],
    ["Through", act.source],
    ["Request", act.correlation_id],
    ...told,
    ["Place in its chain", String(sequence)],
    ["Seal", <code key="seal">{hash}</code>],
  ];
}

function Thing({ id }: { id: string }) {
  if (id.startsWith("rx_")) {
    return (
      <Link to="/prescriptions/$id" params={{ id }}>
        {id}
      </Link>
    );
  }
  if (!id.startsWith("pat_")) return aboutText(id);
  return (
    <Link to="/audit" search={{ patient: id, looks: true }}>
      {id}
    </Link>
  );
}
