import { Badge, Group, Stack, Table, Text, Title } from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { act } from "../../data/acting.ts";
import { useLive } from "../../data/live.ts";
import { ActionDialog } from "../../parts/ActionDialog.tsx";
import { Acts } from "../../parts/Acts.tsx";
import { Section } from "../../parts/Section.tsx";
import { momentText } from "../../parts/when.ts";
import { plainCode } from "../../parts/words.ts";
import { useMay } from "../../session/session.ts";
import { Trouble } from "../../shell/Trouble.tsx";

type Endpoint = Model<"EndpointView">;

const EVERY_MS = 15_000;
const AT = "/api/v1/webhooks/endpoints/{endpoint_id}";
const route = getRouteApi("/signed-in/webhooks");

/** Who is told of events, and what became of every message. */
export function Webhooks() {
  const { endpoint } = route.useSearch();
  const { data, error } = useLive("/api/v1/webhooks/endpoints", {}, EVERY_MS);
  useEffect(() => {
    document.title = "Webhooks - Pharmonico ops";
  }, []);
  const endpoints = data?.body.items ?? [];
  const chosen = endpoints.find(({ endpoint_id }) => endpoint_id === endpoint);
  return (
    <Stack gap="md">
      <Title order={1} size="h3">
        Webhooks
      </Title>
      {error && !data && <Trouble error={error} />}
      {data && !endpoints.length && (
        <Text c="dimmed" ta="center" py="xl">
          Nobody asked to be told of events yet.
        </Text>
      )}
      {endpoints.length > 0 && <Endpoints endpoints={endpoints} chosen={chosen} />}
      {chosen && <Deliveries endpoint={chosen} />}
    </Stack>
  );
}

const TONES = { active: "green", paused: "yellow", gone: "gray" } as const;

interface EndpointsProps {
  endpoints: Endpoint[];
  chosen: Endpoint | undefined;
}

function Endpoints({ endpoints, chosen }: EndpointsProps) {
  return (
    <Section title="Endpoints">
      <Table.ScrollContainer minWidth={640} type="native" tabIndex={0}>
        <Table highlightOnHover verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>URL</Table.Th>
              <Table.Th>Whose</Table.Th>
              <Table.Th>Events</Table.Th>
              <Table.Th>Status</Table.Th>
              <Table.Th>Since</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {endpoints.map((each) => (
              <Table.Tr key={each.endpoint_id}>
                <Table.Td>
                  <Link
                    to="/webhooks"
                    search={{ endpoint: each.endpoint_id }}
                    aria-current={each === chosen ? "true" : undefined}
                  >
                    {each.url}
                  </Link>
                  <Text size="xs" c="dimmed">
                    {each.description}
                  </Text>
                </Table.Td>
                <Table.Td>{each.audience}</Table.Td>
                <Table.Td>
                  {each.events.map((event) => plainCode(String(event))).join(", ")}
                </Table.Td>
                <Table.Td>
                  <Badge color={TONES[each.status]} variant="light" tt="none">
                    {plainCode(each.status)}
                  </Badge>
                </Table.Td>
                <Table.Td>{momentText(each.created_at)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}

function Deliveries({ endpoint }: { endpoint: Endpoint }) {
  const path = { endpoint_id: endpoint.endpoint_id };
  const { data, error } = useLive(`${AT}/deliveries`, { path, query: { limit: 50 } }, EVERY_MS);
  return (
    <Section title={`Deliveries to ${endpoint.url}`} aside={<Turning endpoint={endpoint} />}>
      {error && !data && <Trouble error={error} />}
      {data && !data.body.items.length && <Text size="sm">Nothing was sent within 30 days.</Text>}
      <Stack gap="xs">
        {data?.body.items.map((delivery) => (
          <Delivery key={delivery.message_id} endpoint={endpoint} delivery={delivery} />
        ))}
      </Stack>
    </Section>
  );
}

interface DeliveryProps {
  endpoint: Endpoint;
  delivery: Model<"DeliveryView">;
}

function Delivery({ endpoint, delivery }: DeliveryProps) {
  const may = useMay("manage_webhooks");
  const path = { endpoint_id: endpoint.endpoint_id, message_id: delivery.message_id };
  const tone = { delivered: "green", failed: "red", held: "yellow", pending: "blue" } as const;
  return (
    <details>
      <summary>
        {plainCode(delivery.event_type)}{" "}
        <Badge color={tone[delivery.status]} variant="light" tt="none">
          {delivery.status}
        </Badge>{" "}
        <Text span size="sm" c="dimmed">
          {momentText(delivery.created_at)}, {delivery.tries} tries
        </Text>
      </summary>
      <Stack gap="xs" p="sm" align="start">
        {delivery.attempts.map((attempt) => (
          <Text key={attempt.at} size="sm">
            {momentText(attempt.at)}: {attempt.status ?? attempt.problem} in {attempt.took_ms} ms
          </Text>
        ))}
        <code>{delivery.body}</code>
        <ActionDialog
          label="Send again"
          words="The same message goes out again, under the same id."
          offered={may}
          act={() => act("post", `${AT}/deliveries/{message_id}/replay`, { path })}
        />
      </Stack>
    </details>
  );
}

function Turning({ endpoint }: { endpoint: Endpoint }) {
  const may = useMay("manage_webhooks");
  const path = { endpoint_id: endpoint.endpoint_id };
  return (
    <Group gap="xs">
      <Acts label="Endpoint">
        <ActionDialog
          label="Send a test"
          words="A signed message goes out that is about nothing."
          offered={may}
          act={() => act("post", `${AT}/test`, { path })}
        />
        <ActionDialog
          label="Pause"
          words="What happens from now on is held back."
          offered={may && endpoint.status === "active"}
          act={() => act("post", `${AT}/pause`, { path })}
        />
        <ActionDialog
          label="Resume"
          words="It is told again from now on."
          offered={may && endpoint.status === "paused"}
          act={() => act("post", `${AT}/resume`, { path })}
        />
      </Acts>
    </Group>
  );
}
