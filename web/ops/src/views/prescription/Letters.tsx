import { Badge, Loader, Table, Text } from "@mantine/core";
import { useState } from "react";
import { Facts } from "../../parts/Facts.tsx";
import { Heads } from "../../parts/Heads.tsx";
import { Moment } from "../../parts/Moment.tsx";
import { Raw } from "../../parts/Raw.tsx";
import { Section } from "../../parts/Section.tsx";
import { FoldingRow, FoldToggle } from "../../parts/Unfold.tsx";
import { Wide } from "../../parts/Wide.tsx";
import { momentText } from "../../parts/when.ts";
import { plainCode } from "../../parts/words.ts";
import { useMay, useSession } from "../../session/session.ts";
import { Trouble } from "../../shell/Trouble.tsx";
import styles from "./Letters.module.css";
import { useDocuments } from "./prescribed.ts";
import { type Detail, type Papers, papers } from "./reading.ts";
import { decoded, indented } from "./xml.ts";

type Letter = NonNullable<Papers["letter"]>[number];

const COLUMNS = ["Message", "Composed", "Status", "Failed tries", "Answer"];
const TONES = { failed: "red", answered: "green", acknowledged: "green" } as Record<string, string>;

/** What was written to the prescriber, what became of it, and one of them as it went out. */
export function Letters({ rx }: { rx: Detail }) {
  const [opened, open] = useState<string | null>(null);
  const letters = papers(rx, "letter").toReversed();
  if (!letters.length) return null;
  return (
    <Section title="Letters to the prescriber">
      <Wide label="Letters" minWidth={560}>
        <Table verticalSpacing="xs">
          <Heads columns={COLUMNS} />
          <Table.Tbody>
            {letters.map((letter) => {
              const isOpen = letter.key === opened;
              return (
                <FoldingRow
                  key={letter.key}
                  isOpen={isOpen}
                  columns={COLUMNS.length}
                  more={<Written id={rx.id} letter={letter} />}
                >
                  <Table.Td>
                    <FoldToggle isOpen={isOpen} turn={() => open(isOpen ? null : letter.key)}>
                      {letter.message_type}
                    </FoldToggle>
                  </Table.Td>
                  <Table.Td>
                    <Moment at={letter.composed_at} />
                  </Table.Td>
                  <Table.Td>
                    <Badge color={TONES[letter.status] ?? "gray"}>{plainCode(letter.status)}</Badge>
                  </Table.Td>
                  <Table.Td>{letter.tries}</Table.Td>
                  <Table.Td>{answerText(letter)}</Table.Td>
                </FoldingRow>
              );
            })}
          </Table.Tbody>
        </Table>
      </Wide>
    </Section>
  );
}

/** What the prescriber said and what we made of it, or why there is nothing. */
function answerText({ outcome, applied, problem }: Letter): string {
  const said = [outcome, applied].filter((each) => typeof each === "string" && each);
  if (said.length) return said.map((each) => plainCode(String(each))).join(", ");
  return problem ? plainCode(problem) : "–";
}

function Written({ id, letter }: { id: string; letter: Letter }) {
  const may = useMay("read_document");
  const { user_id } = useSession();
  return (
    <>
      <Facts
        facts={[
          ["By", letter.composed_by === user_id ? "you" : letter.composed_by],
          ["Sent", letter.sent_at && momentText(letter.sent_at)],
          ["Answered", letter.answered_at && momentText(letter.answered_at)],
          ["Problem", letter.problem && plainCode(letter.problem)],
        ]}
      />
      {may && <AsItWent id={id} of={letter.key} />}
    </>
  );
}

/** The message itself; reading it is audited, so only when it is opened. */
function AsItWent({ id, of }: { id: string; of: string }) {
  const { data, error } = useDocuments(id, "letter");
  if (error) return <Trouble error={error} />;
  if (!data) return <Loader size="sm" mt="sm" />;
  const found = data.documents.find((paper) => (paper as { key?: string }).key === of);
  const raw = (found as { raw_base64?: string } | undefined)?.raw_base64;
  if (!raw) return <Text size="sm">It is not kept.</Text>;
  return (
    <div className={styles.text}>
      <Raw text={indented(decoded(raw))} />
    </div>
  );
}
