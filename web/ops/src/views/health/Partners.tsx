import { Badge, Table, Text } from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { ageText } from "@pharmonico/shared/time.ts";
import { useLive } from "../../data/live.ts";
import { Section } from "../../parts/Section.tsx";
import { Wide } from "../../parts/Wide.tsx";
import { plainCode } from "../../parts/words.ts";
import { Trouble } from "../../shell/Trouble.tsx";
import { EVERY_MS, PARTNERS, standingOf } from "./standing.ts";

type Partner = Model<"PartnerHealth">;

/** Who we depend on, how each last answered, and whether it is being spared. */
export function Partners() {
  const { data, error } = useLive("/api/v1/system/partners", {}, EVERY_MS);
  if (error && !data) return <Trouble error={error} />;
  const partners = data?.body.partners ?? [];
  const isTrouble = partners.some(({ failures }) => failures > 0);
  return (
    <Section
      title="Partners"
      aside={
        data && (
          <Badge color={isTrouble ? "red" : "green"} variant="light" radius="sm" tt="none">
            {isTrouble ? "Somebody does not answer" : "All of them answer"}
          </Badge>
        )
      }
    >
      <Wide label="Partners" minWidth={560}>
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Partner</Table.Th>
              <Table.Th>Standing</Table.Th>
              <Table.Th>Last answer</Table.Th>
              <Table.Th>Last failure</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {partners.map((partner) => (
              <Row key={`${partner.partner} ${partner.endpoint}`} partner={partner} />
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
    </Section>
  );
}

function Row({ partner }: { partner: Partner }) {
  const { tone, words } = standingOf(partner);
  const now = Date.now();
  const ago = (at: string | null) => (at ? `${ageText(at, now)} ago` : "–");
  return (
    <Table.Tr>
      <Table.Td>
        {PARTNERS[partner.partner]}
        {partner.endpoint && (
          <Text size="xs" c="dimmed">
            {partner.endpoint}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Badge color={tone} variant="light" radius="sm" tt="none">
          {words}
        </Badge>
      </Table.Td>
      <Table.Td>{ago(partner.last_success)}</Table.Td>
      <Table.Td>
        {ago(partner.last_failure)}
        {partner.last_failure_code && (
          <Text size="xs" c="dimmed">
            {plainCode(partner.last_failure_code)}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
