import { Button, Group, Loader, Text } from "@mantine/core";
import { Trouble } from "../shell/Trouble.tsx";

interface MoreProps {
  /** How many are shown, and of how many where that is known. */
  shown: number;
  total?: string | undefined;
  pages: { more: (() => void) | null; isFetchingMore: boolean; error: unknown };
}

/** The end of what was loaded of a list: how much that is, and the way to the next page. */
export function More({ shown, total, pages: { more, isFetchingMore, error } }: MoreProps) {
  return (
    <>
      {Boolean(error) && <Trouble error={error} />}
      {more && (
        <Group gap="sm" mt="xs" justify="center">
          <Text size="sm" c="dimmed" role="status">
            {total ? `${shown} of ${total} shown` : `The first ${shown} shown`}
          </Text>
          <Button variant="default" size="xs" onClick={more} aria-disabled={isFetchingMore}>
            Show more
          </Button>
          {isFetchingMore && <Loader size="xs" />}
        </Group>
      )}
    </>
  );
}
