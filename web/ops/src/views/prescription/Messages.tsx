import { Badge, Button, Group, Loader, Stack, Text } from "@mantine/core";
import { Raw } from "../../parts/Raw.tsx";
import { Section } from "../../parts/Section.tsx";
import { momentText } from "../../parts/when.ts";
import { plainCode } from "../../parts/words.ts";
import { useMay } from "../../session/session.ts";
import { Trouble } from "../../shell/Trouble.tsx";
import { Letters } from "./Letters.tsx";
import { useDocuments } from "./prescribed.ts";
import { type Detail, papers } from "./reading.ts";
import type { Shown } from "./shown.ts";
import { Wishes } from "./Wishes.tsx";
import { decoded } from "./xml.ts";

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

/** D.0's separators as signs that can be seen. */
function visible(text: string): string {
  const plain = /^[A-Za-z0-9+/]+=*$/.test(text) && text.length % 4 === 0 ? decoded(text) : text;
  return plain
    .replaceAll("\u001d", "\n⟦GS⟧ ")
    .replaceAll("\u001e", "\n⟦RS⟧ ")
    .replaceAll("\u001c", " ⟦FS⟧");
}

function Notices({ rx }: { rx: Detail }) {
  const notices = papers(rx, "notification").toReversed();
  return (
    <Section title="Told the patient" aside={<Wishes patient={rx.patient_id} />}>
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
