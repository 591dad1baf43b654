import { Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";

export function NotFound() {
  return (
    <Stack component="main" p="xl" gap="sm">
      <Title order={1} size="h3">
        There is no such view
      </Title>
      <Text>
        <Link to="/">Back to the work</Link>
      </Text>
    </Stack>
  );
}
