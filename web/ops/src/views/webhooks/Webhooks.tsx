import { Group, Stack, Text, Title } from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useLive } from "../../data/live.ts";
import { useMay } from "../../session/session.ts";
import { Trouble } from "../../shell/Trouble.tsx";
import { Deliveries } from "./Deliveries.tsx";
import { Endpoints } from "./Endpoints.tsx";
import { Registering } from "./Registering.tsx";
import { SecretTold } from "./SecretTold.tsx";

const EVERY_MS = 15_000;
const route = getRouteApi("/signed-in/webhooks");

/** Who is told of events, and what became of every message. */
export function Webhooks() {
  const search = route.useSearch();
  const { data, error } = useLive("/api/v1/webhooks/endpoints", {}, EVERY_MS);
  const [told, tell] = useState<Model<"EndpointSecret"> | null>(null);
  const may = useMay("manage_webhooks");
  useEffect(() => {
    document.title = "Webhooks - Pharmonico ops";
  }, []);
  const endpoints = data?.body.items ?? [];
  const chosen = endpoints.find(({ endpoint_id }) => endpoint_id === search.endpoint);
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1} size="h3">
          Webhooks
        </Title>
        {may && <Registering tell={tell} />}
      </Group>
      {Boolean(error) && !data && <Trouble error={error} />}
      {data && !endpoints.length && (
        <Text c="dimmed" ta="center" py="xl">
          Nobody asked to be told of events yet.
        </Text>
      )}
      {endpoints.length > 0 && <Endpoints endpoints={endpoints} chosen={chosen} />}
      {chosen && (
        <Deliveries
          key={`${chosen.endpoint_id} ${search.status}`}
          endpoint={chosen}
          search={search}
          tell={tell}
        />
      )}
      {told && <SecretTold endpoint={told} close={() => tell(null)} />}
    </Stack>
  );
}
