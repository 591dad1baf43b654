import { describe, expect, it } from "vitest";
import { backOf } from "./code.tsx";

describe("the way back from the code", () => {
  it.each(["/tasks", "/check", "/photos/front", "/insurance?from=check"])("leads to %s", (path) => {
    expect(backOf(path)).toBe(path);
  });

  it.each(["//evil.example", "https://evil.example", "/a?b=c", undefined])(
    "never leads to %s",
    (path) => {
      expect(backOf(path)).toBe("/tasks");
    },
  );
});
