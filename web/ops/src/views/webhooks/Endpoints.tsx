import { Badge, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Section } from "../../parts/Section.tsx";
import { FoldedRow } from "../../parts/Unfold.tsx";
import { Wide } from "../../parts/Wide.tsx";
import { momentText } from "../../parts/when.ts";
import { plainCode } from "../../parts/words.ts";
import styles from "./Webhooks.module.css";
import { audienceText, type Endpoint, eventsText } from "./words.ts";

const TONES = { active: "green", paused: "yellow", gone: "gray" } as const;

interface EndpointsProps {
  endpoints: Endpoint[];
  chosen: Endpoint | undefined;
}

/** Every receiver, whose it is and what it hears; one of them is looked at below. */
export function Endpoints({ endpoints, chosen }: EndpointsProps) {
  return (
    <Section title={`Endpoints (${endpoints.length})`}>
      <Wide label="Endpoints" minWidth={640}>
        <Table highlightOnHover verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>URL</Table.Th>
              <Table.Th>Whose</Table.Th>
              <Table.Th>Events</Table.Th>
              <Table.Th>Status</Table.Th>
              <Table.Th>Registered</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {endpoints.map((each) => (
              <Row key={each.endpoint_id} endpoint={each} isChosen={each === chosen} />
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
    </Section>
  );
}

function Row({ endpoint, isChosen }: { endpoint: Endpoint; isChosen: boolean }) {
  const { endpoint_id, url, description, audience, events, status, created_at } = endpoint;
  return (
    <FoldedRow isOpen={isChosen}>
      <Table.Td className={styles.url}>
        <Link
          to="/webhooks"
          search={{ endpoint: endpoint_id }}
          aria-current={isChosen ? "true" : undefined}
        >
          {url}
        </Link>
        {description && (
          <Text size="xs" c="dimmed">
            {description}
          </Text>
        )}
      </Table.Td>
      <Table.Td className={styles.whose}>{audienceText(audience)}</Table.Td>
      <Table.Td className={styles.when}>{eventsText(events)}</Table.Td>
      <Table.Td>
        <Badge color={TONES[status]} variant="light" radius="sm" tt="none">
          {plainCode(status)}
        </Badge>
      </Table.Td>
      <Table.Td className={styles.when}>{momentText(created_at)}</Table.Td>
    </FoldedRow>
  );
}
