import { Alert, Button, Stack, Text } from "@mantine/core";
import { Problem } from "@pharmonico/shared/api/problem.ts";
import { type AnyRouter, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { fetchAhead } from "../data/ahead.ts";

const AGAIN_MS = 5_000;

/** A view that could not be shown: what the API said, its number for a person, another try. */
export function Trouble({ error, reset }: { error: unknown; reset?: () => void }) {
  const router = useRouter();
  const isSilence = error instanceof Problem && error.isSilence;
  const isWhole = reset !== undefined; // nothing of the view is there that would ask by itself
  useEffect(() => {
    if (!isSilence || !isWhole) return;
    const timer = setInterval(() => void askAgain(router), AGAIN_MS);
    return () => clearInterval(timer);
  }, [isSilence, isWhole, router]);
  return (
    <Alert color={isSilence ? "gray" : "red"} role="alert" title={titleOf(error)} m="md">
      <Stack gap="sm" align="start">
        {error instanceof Problem && error.request && (
          <Text size="sm">Request {error.request}</Text>
        )}
        {reset && (
          <Button variant="default" size="xs" onClick={() => void askAgain(router).then(reset)}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** The view's script first, which the router takes for loaded once it was tried. */
async function askAgain(router: AnyRouter): Promise<void> {
  await fetchAhead(router);
  await router.invalidate();
}

function titleOf(error: unknown): string {
  if (!(error instanceof Problem)) return "This view broke. Reload the page.";
  if (error.isSilence) return "The service cannot be reached. It is asked again by itself.";
  return error.detail || "The service refuses.";
}
