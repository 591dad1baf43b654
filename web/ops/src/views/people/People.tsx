import {
  Badge,
  Group,
  Loader,
  NativeSelect,
  Stack,
  Table,
  Text,
  Textarea,
  Title,
} from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { act } from "../../data/acting.ts";
import { usePages } from "../../data/usePages.ts";
import { ActionDialog } from "../../parts/ActionDialog.tsx";
import { More } from "../../parts/More.tsx";
import { Section } from "../../parts/Section.tsx";
import { said } from "../../parts/said.ts";
import { Wide } from "../../parts/Wide.tsx";
import { dayText, momentText } from "../../parts/when.ts";
import { plainCode } from "../../parts/words.ts";
import { useMay } from "../../session/session.ts";

type Pair = Model<"MaybeTheSame">;

const EVERY_MS = 15_000;
const ASKED = { query: { limit: 25 } };

/** Pairs of records that may be one person, until somebody has said. */
export function People() {
  const pages = usePages("/api/v1/patients/maybe-the-same", ASKED, EVERY_MS);
  useEffect(() => {
    document.title = "Maybe one person - Pharmonico ops";
  }, []);
  const { items: pairs, isLoading, error } = pages;
  return (
    <Stack gap="md">
      <div>
        <Title order={1} size="h3">
          Maybe one person
        </Title>
        <Text size="sm" c="dimmed">
          Records are never merged by themselves. “The same” lets each one’s history count for the
          other.
        </Text>
      </div>
      {isLoading && <Loader size="sm" />}
      {!isLoading && !error && !pairs.length && (
        <Text c="dimmed" ta="center" py="xl">
          No pair waits to be looked at.
        </Text>
      )}
      {pairs.map((pair, place) => (
        <Compared key={pair.pair_id} pair={pair} number={place + 1} />
      ))}
      <More shown={pairs.length} pages={pages} />
    </Stack>
  );
}

const SEXES: Record<string, string> = { M: "Male", F: "Female", U: "Not known" };

const FACTS: readonly [label: string, of: (half: Pair["people"][number]) => string][] = [
  ["Name", (half) => [half.first_name, half.last_name, half.suffix].filter(Boolean).join(" ")],
  ["Born", (half) => dayText(half.born)],
  ["Sex", (half) => SEXES[half.sex] ?? half.sex],
  ["Street", (half) => half.line1],
  ["ZIP", (half) => half.postal_code],
  ["Phone", (half) => half.phones.join(", ")],
  ["Record", (half) => half.patient_id],
];

function Compared({ pair, number }: { pair: Pair; number: number }) {
  const [one, other] = pair.people;
  if (!one || !other) return null;
  return (
    <Section
      title={`${number}. ${one.first_name} ${one.last_name}`}
      aside={<Deciding pair={pair} />}
    >
      <Stack gap="xs">
        <Group gap="sm">
          <Badge color={pair.likelihood === "likely" ? "yellow" : "gray"} variant="light" tt="none">
            {plainCode(pair.likelihood)}, {pointsText(pair.score)} points
          </Badge>
          <Text size="sm" c="dimmed">
            Found {momentText(pair.found_at)} with{" "}
            <Link to="/prescriptions/$id" params={{ id: pair.prescription_id }}>
              this prescription
            </Link>
          </Text>
        </Group>
        <Wide label={`The two records of pair ${number}`} minWidth={480}>
          <Table verticalSpacing={4}>
            <Table.Tbody>
              {FACTS.map(([label, of]) => (
                <Table.Tr key={label} fw={of(one) === of(other) ? undefined : 600}>
                  <Table.Th scope="row">{label}</Table.Th>
                  <Table.Td>{of(one) || "–"}</Table.Td>
                  <Table.Td>{of(other) || "–"}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Wide>
        <Text size="sm" c="dimmed">
          {pair.breakdown
            .map(
              ({ part, points, most }) =>
                `${plainCode(part)} ${pointsText(points)} of ${pointsText(most)}`,
            )
            .join(" · ")}
        </Text>
      </Stack>
    </Section>
  );
}

/** Whole points without a fraction, others with one digit of it. */
const pointsText = (points: number): string => points.toFixed(Number.isInteger(points) ? 0 : 1);

function Deciding({ pair }: { pair: Pair }) {
  const may = useMay("decide_patients");
  return (
    <ActionDialog
      label="Decide"
      words="What you say is audited, with your reason."
      offered={may}
      act={(form) =>
        act("post", "/api/v1/patients/maybe-the-same/{pair_id}", {
          path: { pair_id: pair.pair_id },
          body: { verdict: said(form, "verdict") as "same", reason: said(form, "reason") },
        } as never)
      }
    >
      <NativeSelect
        name="verdict"
        label="They are"
        data={[
          { value: "different", label: "two people" },
          { value: "same", label: "one person" },
        ]}
      />
      <Textarea name="reason" label="How it is known" required maxLength={500} />
    </ActionDialog>
  );
}
