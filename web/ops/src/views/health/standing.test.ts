import { expect, it } from "vitest";
import { byTrouble, isBusy, standingOf } from "./standing.ts";

const AT = "2026-03-01T12:00:00Z";
const partner = {
  partner: "payer" as const,
  endpoint: null,
  circuit: "closed" as const,
  failures: 0,
  last_success: AT,
  last_failure: null,
  last_failure_code: null,
};

it.each([
  [{}, "green", "Answers"],
  [{ last_success: null }, "gray", "Not asked yet"],
  [{ failures: 1 }, "yellow", "1 failure in a row"],
  [{ failures: 5, circuit: "open" as const }, "red", "Circuit open, 5 failures in a row"],
  [
    { failures: 6, circuit: "half_open" as const },
    "yellow",
    "Being tried again, 6 failures in a row",
  ],
])("says of a partner with %o: %s, %s", (facts, tone, words) => {
  expect(standingOf({ ...partner, ...facts })).toEqual({ tone, words });
});

it("puts dead letters before long queues, and the quiet ones last", () => {
  const queue = (name: string, waiting: number | null, dead_letters = 0) => ({
    name,
    waiting,
    in_flight: waiting,
    dead_letters,
  });
  const sorted = byTrouble([
    queue("b", 0),
    queue("a", null),
    queue("long", 9),
    queue("dead", 0, 1),
  ]);
  expect(sorted.map(({ name }) => name)).toEqual(["dead", "long", "a", "b"]);
  expect(sorted.filter(isBusy).map(({ name }) => name)).toEqual(["dead", "long"]);
});
