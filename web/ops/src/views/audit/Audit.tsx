import { Stack, Text, Title } from "@mantine/core";
import { useEffect } from "react";
import { useMay } from "../../session/session.ts";
import { Chain } from "./Chain.tsx";
import { Looking } from "./Looking.tsx";

/** Who did what and who looked at whom; whether nothing of it was changed since. */
export function Audit() {
  const may = { read: useMay("read_audit"), verify: useMay("verify_audit") };
  useEffect(() => {
    document.title = "Audit - Pharmonico ops";
  }, []);
  return (
    <Stack gap="md">
      <Title order={1} size="h3">
        Audit
      </Title>
      {may.verify && <Chain />}
      {may.read ? (
        <Looking />
      ) : (
        <Text size="sm" c="dimmed">
          Its entries are an auditor’s to read. What happened to one prescription stands in its
          timeline.
        </Text>
      )}
    </Stack>
  );
}
