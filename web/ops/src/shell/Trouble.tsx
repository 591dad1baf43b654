import { Alert, Button, Stack, Text } from "@mantine/core";
import { Problem } from "@pharmonico/shared/api/problem.ts";

/** A view that could not be shown: what the API said, its number for a person, another try. */
export function Trouble({ error, reset }: { error: unknown; reset?: () => void }) {
  return (
    <Alert color="red" role="alert" title={titleOf(error)} m="md">
      <Stack gap="sm" align="start">
        {error instanceof Problem && error.request && (
          <Text size="sm">Request {error.request}</Text>
        )}
        {reset && (
          <Button variant="default" size="xs" onClick={reset}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

function titleOf(error: unknown): string {
  if (!(error instanceof Problem)) return "This view broke. Reload the page.";
  if (error.status === 0) return "The service cannot be reached. It is asked again by itself.";
  return error.detail || "The service refuses.";
}
