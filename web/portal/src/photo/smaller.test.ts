import { describe, expect, it } from "vitest";
import { fitting } from "./smaller.ts";

describe("a photo", () => {
  it.each([
    [4000, 3000, { width: 1600, height: 1200 }],
    [3000, 4000, { width: 1200, height: 1600 }],
    [800, 600, { width: 800, height: 600 }],
    [20000, 1, { width: 1600, height: 1 }],
  ])("of %i by %i is drawn as %o", (width, height, drawn) => {
    expect(fitting(width, height)).toEqual(drawn);
  });
});
