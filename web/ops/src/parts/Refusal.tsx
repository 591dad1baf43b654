import { Alert, List, Text } from "@mantine/core";
import { call } from "@pharmonico/shared/api/call.ts";
import { Problem } from "@pharmonico/shared/api/problem.ts";
import { ageText } from "@pharmonico/shared/time.ts";
import { useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { plainCode } from "./words.ts";

/** Which prescription the forms below are about, to say who changed it. */
export const About = createContext<string | null>(null);

/** Why a change was refused; what was typed stays where it is. */
export function Refusal({ problem }: { problem: Problem | null }) {
  const about = useContext(About);
  if (!problem) return null;
  return (
    <Alert color="red" role="alert" title={wordsOf(problem)}>
      {problem.status === 412 && about && <WhoChangedIt key={problem.request} id={about} />}
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

/** The newest entry of its history that changed something. */
function WhoChangedIt({ id }: { id: string }) {
  const { data } = useQuery({
    queryKey: ["who changed", id],
    queryFn: () =>
      call("get", "/api/v1/prescriptions/{prescription_id}/timeline", {
        path: { prescription_id: id },
      }),
    staleTime: 0,
  });
  const act = data?.entries.findLast(({ act }) => act.outcome === "ok" && !isLook(act.action))?.act;
  if (!act) return null;
  return (
    <Text size="sm">
      {plainCode(act.action)}, by {act.actor.role} {act.actor.id}, {ageText(act.at, Date.now())}{" "}
      ago.
    </Text>
  );
}

/** Whether an entry of the audit is a look at something, which changed nothing. */
export const isLook = (action: string): boolean => /(_read|_listed|_shown)$/.test(action);

function wordsOf(problem: Problem): string {
  if (problem.isSilence) return "Nobody answers. Press again: it is carried out once.";
  if (problem.status === 412)
    return "It was changed after you looked, so nothing was done. What you typed is kept: look at it as it is now, then decide again.";
  if (problem.status === 403) return "Your role does not allow this.";
  return problem.detail || "The service refuses.";
}
