import { describe, expect, it } from "vitest";
import { figuresOf } from "./metrics.ts";

describe("metrics", () => {
  it("are read line by line, with their labels", () => {
    const text = '# HELP waiting How many\nwaiting{status="failed",run="1"} 3\nup 1\nbroken\n';
    expect(figuresOf(text)).toEqual([
      { name: "waiting", labels: { status: "failed", run: "1" }, value: 3 },
      { name: "up", labels: {}, value: 1 },
    ]);
  });
});
