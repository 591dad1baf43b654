import { describe, expect, it } from "vitest";
import { totalOf, totalText } from "./total.ts";

const counts = {
  counted_at: "2026-03-01T12:00:00Z",
  tabs: [
    {
      tab: "shipping" as const,
      count: 1_007,
      more: true,
      statuses: [
        { status: "shipping_issue" as const, count: 7, more: false },
        { status: "delivery_exception" as const, count: 1_000, more: true },
      ],
    },
  ],
};

describe("how much there is of a worklist", () => {
  it("is what was counted of its statuses", () => {
    expect(totalOf(counts, "shipping", ["shipping_issue"])).toEqual({ count: 7, more: false });
    const both = totalOf(counts, "shipping", ["shipping_issue", "delivery_exception"]);
    expect(both).toEqual({ count: 1_007, more: true });
  });

  it("is not known where one of them is not counted", () => {
    expect(totalOf(counts, "shipping", ["shipping_issue", "returned"])).toBeUndefined();
    expect(totalOf(undefined, "shipping", ["shipping_issue"])).toBeUndefined();
  });

  it.each([
    [12, false, { count: 90, more: false }, "12"],
    [50, true, undefined, "50+"],
    [50, true, { count: 213, more: false }, "213"],
    [50, true, { count: 1_000, more: true }, "1000+"],
    [100, true, { count: 60, more: false }, "100+"],
  ])("with %i shown, more %s and %o counted it reads %s", (shown, isMore, total, words) => {
    expect(totalText(shown, isMore, total)).toBe(words);
  });
});
