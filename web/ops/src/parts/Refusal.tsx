import { Alert, List, Text } from "@mantine/core";
import { Problem } from "@pharmonico/shared/api/problem.ts";

/** Why a change was refused; what was typed stays where it is. */
export function Refusal({ problem }: { problem: Problem | null }) {
  if (!problem) return null;
  return (
    <Alert color="red" role="alert" title={wordsOf(problem)}>
      {problem.errors.length > 0 && (
        <List size="sm">
          {problem.errors.map((error) => (
            <List.Item key={`${error.pointer} ${error.code}`}>
              {error.detail ?? error.code} {Problem.fieldOf(error) && `(${error.pointer})`}
            </List.Item>
          ))}
        </List>
      )}
      {problem.request && (
        <Text size="xs" c="dimmed">
          Request {problem.request}
        </Text>
      )}
    </Alert>
  );
}

function wordsOf(problem: Problem): string {
  if (problem.status === 0) return "Nobody answers. Press again: it is carried out once.";
  if (problem.status === 412)
    return "It was changed after you looked, so nothing was done. What you typed is kept: look at it as it is now, then decide again.";
  if (problem.status === 403) return "Your role does not allow this.";
  return problem.detail || "The service refuses.";
}
