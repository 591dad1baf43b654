import { Badge, Button, Group, Loader, Stack, Table, Text } from "@mantine/core";
import { Moment } from "../../parts/Moment.tsx";
import { Raw } from "../../parts/Raw.tsx";
import { Section } from "../../parts/Section.tsx";
import { Wide } from "../../parts/Wide.tsx";
import { momentText } from "../../parts/when.ts";
import { plainCode } from "../../parts/words.ts";
import { useMay } from "../../session/session.ts";
import { Trouble } from "../../shell/Trouble.tsx";
import { useDocuments } from "./prescribed.ts";
import { type Detail, papers } from "./reading.ts";
import type { Shown } from "./shown.ts";

interface MessagesProps {
  rx: Detail;
  shown: Shown;
  show: (shown: Shown) => void;
}

/** What came and went: SCRIPT and D.0 as they were, letters to the prescriber, notifications. */
export function Messages({ rx, shown, show }: MessagesProps) {
  const may = useMay("read_document");
  const isRaw = shown.look === "raw";
  const aside = (
    <Button
      size="xs"
      variant="subtle"
      aria-pressed={isRaw}
      onClick={() => show({ ...shown, look: isRaw ? undefined : "raw" })}
    >
      {isRaw ? "Show readable" : "Show raw"}
    </Button>
  );
  return (
    <Stack gap="md">
      {may && (
        <Section title="SCRIPT from the prescriber" aside={aside}>
          <Kept id={rx.id} kind="script" isRaw={isRaw} />
        </Section>
      )}
      {may && papers(rx, "claim").length > 0 && (
        <Section title="Claims (NCPDP D.0)" aside={aside}>
          <Kept id={rx.id} kind="claim" isRaw={isRaw} />
        </Section>
      )}
      <Letters rx={rx} />
      <Notices rx={rx} />
    </Stack>
  );
}

function Kept({ id, kind, isRaw }: { id: string; kind: string; isRaw: boolean }) {
  const { data, error } = useDocuments(id, kind);
  if (error) return <Trouble error={error} />;
  if (!data) return <Loader size="sm" />;
  return (
    <Stack gap="sm">
      {data.documents
        .flatMap((paper) => textsOf(paper, isRaw))
        .map(({ key, text }) => (
          <Raw key={key} text={text} />
        ))}
    </Stack>
  );
}

interface Readable {
  key: string;
  text: string;
}

type Paper = Record<string, unknown>;

/** The bytes as they were, or the fields in them. */
function textsOf(given: unknown, isRaw: boolean): Readable[] {
  const paper = given as Paper;
  const key = String(paper.key);
  if (typeof paper.raw_base64 === "string") {
    const text = isRaw ? decoded(paper.raw_base64) : JSON.stringify(paper.message, null, 2);
    return [{ key, text }];
  }
  const { exchanges = [], ...facts } = paper as { exchanges?: Paper[] };
  if (!isRaw) return [{ key, text: JSON.stringify(facts, null, 2) }];
  return exchanges.map((exchange, place) => ({
    key: `${key} ${place}`,
    text: Object.entries(exchange)
      .map(([name, value]) => `${name}\n${visible(String(value))}`)
      .join("\n\n"),
  }));
}

function decoded(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}

/** D.0's separators as signs that can be seen. */
function visible(text: string): string {
  const plain = /^[A-Za-z0-9+/]+=*$/.test(text) && text.length % 4 === 0 ? decoded(text) : text;
  return plain
    .replaceAll("\u001d", "\n⟦GS⟧ ")
    .replaceAll("\u001e", "\n⟦RS⟧ ")
    .replaceAll("\u001c", " ⟦FS⟧");
}

function Letters({ rx }: { rx: Detail }) {
  const letters = papers(rx, "letter");
  if (!letters.length) return null;
  return (
    <Section title="Letters to the prescriber">
      <Wide label="Letters" minWidth={520}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Message</Table.Th>
              <Table.Th>Composed</Table.Th>
              <Table.Th>Status</Table.Th>
              <Table.Th>Answer</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {letters.map((letter) => (
              <Table.Tr key={letter.key}>
                <Table.Td>{letter.message_type}</Table.Td>
                <Table.Td>
                  <Moment at={letter.composed_at} />
                </Table.Td>
                <Table.Td>
                  <Badge variant="light" color="gray" radius="sm" tt="none">
                    {plainCode(letter.status)}
                  </Badge>
                </Table.Td>
                <Table.Td>{letter.outcome ?? letter.problem ?? "–"}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
    </Section>
  );
}

function Notices({ rx }: { rx: Detail }) {
  const notices = papers(rx, "notification").toReversed();
  return (
    <Section title="Told the patient">
      {notices.length === 0 && <Text size="sm">Nothing yet.</Text>}
      <Stack gap="xs">
        {notices.map((notice) => (
          <Group key={notice.key} gap="sm">
            <strong>{plainCode(notice.template)}</strong>
            <span>by {notice.channel === "sms" ? "text message" : "e-mail"}</span>
            <Badge
              variant="light"
              color={notice.status === "failed" ? "red" : "gray"}
              radius="sm"
              tt="none"
            >
              {notice.status}
            </Badge>
            <Text size="sm" c="dimmed">
              {momentText(notice.sent_at)} {notice.problem ?? ""}
            </Text>
          </Group>
        ))}
      </Stack>
    </Section>
  );
}
