import { Badge, Loader, NativeSelect, Stack, Table, Text } from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { getRouteApi } from "@tanstack/react-router";
import { usePages } from "../../data/usePages.ts";
import { Heads } from "../../parts/Heads.tsx";
import { More } from "../../parts/More.tsx";
import { Section } from "../../parts/Section.tsx";
import { FoldingRow, FoldToggle } from "../../parts/Unfold.tsx";
import { Wide } from "../../parts/Wide.tsx";
import { momentText } from "../../parts/when.ts";
import { plainCode } from "../../parts/words.ts";
import { DELIVERY_STATES, type WebhooksSearch } from "../search.ts";
import { Sent } from "./Sent.tsx";
import { Turning } from "./Turning.tsx";
import styles from "./Webhooks.module.css";
import type { Delivery, Endpoint, State } from "./words.ts";

const route = getRouteApi("/signed-in/webhooks");
const TONES = { delivered: "green", failed: "red", held: "yellow", pending: "blue" } as const;
const COLUMNS = ["Event", "Status", "Tries", "Happened", "Next try"];

interface DeliveriesProps {
  endpoint: Endpoint;
  search: WebhooksSearch;
  tell: (made: Model<"EndpointSecret">) => void;
}

/** What was sent to one endpoint, newest first; one message is opened in its place. */
export function Deliveries({ endpoint, search, tell }: DeliveriesProps) {
  const pages = usePages("/api/v1/webhooks/endpoints/{endpoint_id}/deliveries", {
    path: { endpoint_id: endpoint.endpoint_id },
    query: { limit: 50, ...(search.status && { status: [search.status] }) },
  });
  const navigate = route.useNavigate();
  const change = (changed: Partial<WebhooksSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace: true });
  const { items, isLoading } = pages;
  return (
    <Section
      title={`Deliveries to ${endpoint.url}`}
      aside={
        <NativeSelect
          size="xs"
          w="fit-content"
          aria-label="Which deliveries"
          value={search.status ?? ""}
          data={CHOICES}
          onChange={(event) =>
            change({ status: (event.currentTarget.value || undefined) as State })
          }
        />
      }
    >
      <Stack gap="sm">
        <Text size="sm">
          Told of: {endpoint.events.map((event) => plainCode(event).toLowerCase()).join(", ")}.
          {endpoint.old_secret_until &&
            ` Two secrets sign until ${momentText(endpoint.old_secret_until)}.`}
        </Text>
        <Turning endpoint={endpoint} tell={tell} />
        {isLoading && <Loader size="sm" />}
        {!isLoading && !items.length && !pages.error && (
          <Text size="sm">Nothing {search.status ? "like this " : ""}was sent within 30 days.</Text>
        )}
        {items.length > 0 && (
          <Rows
            endpoint={endpoint}
            items={items}
            opened={search.message}
            open={(message) => change({ message })}
          />
        )}
        <More shown={items.length} pages={pages} />
      </Stack>
    </Section>
  );
}

const CHOICES = [
  { value: "", label: "Every delivery" },
  ...DELIVERY_STATES.map((state) => ({ value: state, label: plainCode(state) })),
];

interface RowsProps {
  endpoint: Endpoint;
  items: Delivery[];
  opened: string | undefined;
  open: (message: string | undefined) => void;
}

function Rows({ endpoint, items, opened, open }: RowsProps) {
  return (
    <Wide label="Deliveries" minWidth={640}>
      <Table highlightOnHover verticalSpacing="xs">
        <Heads columns={COLUMNS} />
        <Table.Tbody>
          {items.map((delivery) => {
            const isOpen = delivery.message_id === opened;
            return (
              <FoldingRow
                key={delivery.message_id}
                isOpen={isOpen}
                columns={COLUMNS.length}
                more={<Sent endpoint={endpoint} delivery={delivery} />}
              >
                <Table.Td>
                  <FoldToggle
                    isOpen={isOpen}
                    turn={() => open(isOpen ? undefined : delivery.message_id)}
                  >
                    {plainCode(delivery.event_type)}
                  </FoldToggle>
                </Table.Td>
                <Table.Td>
                  <Badge color={TONES[delivery.status]} variant="light" radius="sm" tt="none">
                    {plainCode(delivery.status)}
                  </Badge>
                </Table.Td>
                <Table.Td className={styles.when}>{delivery.tries}</Table.Td>
                <Table.Td className={styles.when}>{momentText(delivery.created_at)}</Table.Td>
                <Table.Td className={styles.when}>
                  {delivery.next_at ? momentText(delivery.next_at) : "–"}
                </Table.Td>
              </FoldingRow>
            );
          })}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}
