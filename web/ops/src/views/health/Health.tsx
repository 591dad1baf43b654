import { Badge, Loader, Stack, Title } from "@mantine/core";
import { call } from "@pharmonico/shared/api/call.ts";
import { Problem } from "@pharmonico/shared/api/problem.ts";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Facts } from "../../parts/Facts.tsx";
import { Section } from "../../parts/Section.tsx";
import { momentText } from "../../parts/when.ts";
import { plainCode } from "../../parts/words.ts";
import { useMay } from "../../session/session.ts";
import { Trouble } from "../../shell/Trouble.tsx";
import { type Figure, figuresOf } from "./metrics.ts";
import { Partners } from "./Partners.tsx";
import { Queues } from "./Queues.tsx";
import { EVERY_MS } from "./standing.ts";

/** Whether the service can work, who answers, what waits, and its figures. */
export function Health() {
  const may = { system: useMay("read_system"), metrics: useMay("read_metrics") };
  useEffect(() => {
    document.title = "Health - Pharmonico ops";
  }, []);
  return (
    <Stack gap="md">
      <Title order={1} size="h3">
        Health
      </Title>
      <Checks />
      {may.system && <Partners />}
      {may.system && <Queues />}
      {may.metrics && <Figures />}
    </Stack>
  );
}

function Checks() {
  const { data, error, dataUpdatedAt } = useQuery({
    queryKey: ["health"],
    queryFn: () => call("get", "/health"),
    refetchInterval: EVERY_MS,
  });
  if (error && !data) return <Trouble error={error} />;
  if (!data) return <Loader size="sm" />;
  const isWell = data.status === "ok" && !error;
  return (
    <Section
      title="Service"
      aside={
        <Badge color={isWell ? "green" : "red"} variant="light" tt="none">
          {isWell ? "Every check is well" : "Something fails"}
        </Badge>
      }
    >
      <Facts
        facts={[
          ["Stage", data.stage],
          ...Object.entries(data.checks as Record<string, unknown>).map(
            ([name, said]): [string, string] => [plainCode(name), String(said)],
          ),
          ["Asked", momentText(new Date(dataUpdatedAt).toISOString())],
        ]}
      />
    </Section>
  );
}

function Figures() {
  const { data, error } = useQuery({
    queryKey: ["metrics"],
    queryFn: metricsText,
    refetchInterval: EVERY_MS,
  });
  if (error && !data) return <Trouble error={error} />;
  return Object.entries(byName(figuresOf(data ?? ""))).map(([name, figures]) => (
    <Section key={name} title={plainCode(name.replace(/^pharmonico_/, ""))}>
      <Facts
        facts={figures.map(({ labels, value }): [string, string] => [
          Object.values(labels).map(plainCode).join(", ") || "All",
          value.toLocaleString(),
        ])}
      />
    </Section>
  ));
}

/** Text, not JSON: the one answer of the API that is. */
async function metricsText({ signal }: { signal: AbortSignal }): Promise<string> {
  const answer = await fetch("/metrics", { signal }).catch(() => null);
  if (!answer?.ok) throw new Problem(answer?.status ?? 0);
  return answer.text();
}

function byName(figures: Figure[]): Record<string, Figure[]> {
  const found: Record<string, Figure[]> = {};
  for (const figure of figures) {
    const group = found[figure.name] ?? [];
    group.push(figure);
    found[figure.name] = group;
  }
  return found;
}
