import { Problem } from "./api/problem.ts";

/** One thing that is wrong: the field's name (empty when it is nobody's) and what to do. */
export interface Wrong {
  field: string;
  words: string;
}

/** Words under a code, or null where there are none. */
export type Dictionary = (key: string, values?: Record<string, string | number>) => string | null;

/** A refusal of the API in the reader's language, field by field where it names fields. */
export function wrongsOf(problem: Problem, words: Dictionary): Wrong[] {
  const found = problem.errors.map((error) => {
    const field = Problem.fieldOf(error);
    const said = words(error.code) ?? words(`wrong.${field}`) ?? words("wrong.field");
    return { field, words: said ?? error.detail ?? error.code };
  });
  return found.length ? found : [{ field: "", words: generalWords(problem, words) }];
}

/** Nobody behind the door answers: that passes, and there is nothing to report. */
const AWAY = [502, 503, 504];

/** What to say about a refusal that names no field. */
export function generalWords(problem: Problem, words: Dictionary): string {
  if (problem.status === 0) return words("problem.network") ?? "Nobody answers.";
  const request = problem.request || problem.status;
  const away = AWAY.includes(problem.status) ? words("problem.away") : null;
  return words(problem.code) ?? away ?? words("problem.other", { request }) ?? problem.detail;
}
