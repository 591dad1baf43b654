import { describe, expect, it } from "vitest";
import { extended, newsOf, refreshed } from "./held.ts";

const rows = (...ids: string[]) => ids.map((id) => ({ id }));
const ids = (held: { rows: { id: string }[] }) => held.rows.map(({ id }) => id).join("");

const first = refreshed(null, { rows: rows("f", "e", "d"), cursor: "1" }, "newest");
const two = extended(first, { rows: rows("c", "b"), cursor: "2" }, "newest");

describe("a list that is asked again", () => {
  it("keeps the rows that newer ones pushed off its first page", () => {
    const held = refreshed(two, { rows: rows("h", "g", "f"), cursor: "3" }, "newest");
    expect(ids(held)).toBe("hgfedcb");
    expect(held.cursor).toBe("2");
    expect(newsOf(held.rows, "f", "newest")).toBe(2);
  });

  it("loses the rows that left it", () => {
    const held = refreshed(two, { rows: rows("f", "d", "c"), cursor: "3" }, "newest");
    expect(ids(held)).toBe("fdcb");
  });

  it("ends where its only page ends", () => {
    expect(refreshed(two, { rows: rows("f", "d"), cursor: null }, "newest")).toEqual({
      rows: rows("f", "d"),
      cursor: null,
    });
  });

  it("grows at its end where the oldest come first, without news", () => {
    const old = refreshed(null, { rows: rows("a", "b"), cursor: null }, "oldest");
    const held = refreshed(old, { rows: rows("a", "b", "c"), cursor: null }, "oldest");
    expect(ids(held)).toBe("abc");
    expect(newsOf(held.rows, "a", "oldest")).toBe(0);
  });
});
