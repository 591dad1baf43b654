import { Badge, Stack, Table, Text } from "@mantine/core";
import { Section } from "../../../parts/Section.tsx";
import { Wide } from "../../../parts/Wide.tsx";
import { latest, type Papers, papers } from "../reading.ts";
import { Deciding } from "./Deciding.tsx";
import type { PanelProps } from "./panels.ts";

type Finding = NonNullable<Papers["validation"]>[number]["findings"][number];

const SEVERITIES = ["error", "warning", "info"] as const;
const COLOURS = { error: "red", warning: "yellow", info: "gray" } as const;

/** What the rules found, gravest first, each with what was sent and what was made of it. */
export function Findings({ read }: PanelProps) {
  const { rx } = read;
  const validation = latest(rx, "validation");
  if (!validation) return null;
  const grouped = SEVERITIES.flatMap((severity) =>
    validation.findings.filter((finding) => finding.severity === severity),
  );
  return (
    <Section title="Validation">
      <Stack gap="sm">
        {rx.status === "validation_issue" && <Deciding read={read} />}
        {grouped.length ? <Rows findings={grouped} /> : <Text size="sm">Nothing was found.</Text>}
        {validation.overrides.map((override) => (
          <Text key={override.at} size="sm">
            Released by {override.role} {override.by}: {override.note}
          </Text>
        ))}
        {papers(rx, "correction").map((correction) => (
          <Text key={correction.key} size="sm">
            Put right by {correction.role} {correction.by}:{" "}
            {correction.changes
              .map(
                ({ field, before, after }) =>
                  `${field} ${before ?? "nothing"} → ${after ?? "nothing"}`,
              )
              .join("; ")}
            . {correction.note}
          </Text>
        ))}
        <Text size="xs" c="dimmed">
          Clinical findings rest on demonstration data, which needs a pharmacist's review.
        </Text>
      </Stack>
    </Section>
  );
}

function Rows({ findings }: { findings: Finding[] }) {
  return (
    <Wide label="Findings" minWidth={560}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Severity</Table.Th>
            <Table.Th>Finding</Table.Th>
            <Table.Th>Sent</Table.Th>
            <Table.Th>Read as</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {findings.map((finding) => (
            <Table.Tr key={`${finding.code} ${finding.path} ${finding.message}`}>
              <Table.Td>
                <Badge color={COLOURS[finding.severity]} variant="light" radius="sm" tt="none">
                  {finding.severity}
                </Badge>
              </Table.Td>
              <Table.Td>
                <Stack gap={2}>
                  <span>{finding.message}</span>
                  <Text size="xs" c="dimmed">
                    {finding.code}
                    {finding.path ? ` at ${finding.path}` : ""}
                  </Text>
                </Stack>
              </Table.Td>
              <Table.Td>{finding.sent ?? "–"}</Table.Td>
              <Table.Td>{finding.normalised ?? "–"}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}
