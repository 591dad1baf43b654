import { Button, Group, Stack, Text } from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { useState } from "react";
import { Dialog } from "../../parts/Dialog.tsx";
import { momentText } from "../../parts/when.ts";
import styles from "./Webhooks.module.css";

interface SecretToldProps {
  endpoint: Model<"EndpointSecret">;
  close: () => void;
}

/** A signing secret, told this once: it is gone with the dialog. */
export function SecretTold({ endpoint, close }: SecretToldProps) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(endpoint.secret);
    setCopied(true);
  };
  return (
    <Dialog title="The signing secret" close={close}>
      <Stack gap="sm">
        {!endpoint.secret && (
          <Text size="sm">
            It was told before and is not kept: rotate the secret to have another one.
          </Text>
        )}
        <Text size="sm">
          It is shown this once. Give it to whoever receives at <code>{endpoint.url}</code>, by a
          way that nobody reads.
        </Text>
        <code className={styles.secret}>{endpoint.secret}</code>
        {endpoint.old_secret_until && (
          <Text size="sm">
            The one before still signs beside it until {momentText(endpoint.old_secret_until)}.
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => void copy()}>
            {isCopied ? "Copied" : "Copy"}
          </Button>
          <Button onClick={close}>It is kept</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
