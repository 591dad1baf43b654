import { describe, expect, it } from "vitest";
import { listSearch } from "../search.ts";
import { queryOf, searchOf } from "./filters.ts";

describe("filters", () => {
  it("stay within the tab unless a status is chosen", () => {
    expect(queryOf({}, ["received"]).status).toEqual(["received"]);
    expect(queryOf({ status: ["failed"] }, ["received"]).status).toEqual(["failed"]);
  });

  it("end a day when the next begins", () => {
    const query = queryOf({ from: "2026-02-28", to: "2026-02-28" }, null);
    expect([query.from, query.to]).toEqual(["2026-02-28T00:00:00Z", "2026-03-01T00:00:00Z"]);
  });

  it("come back from a saved view as they were", () => {
    const search = listSearch({
      status: ["failed"],
      q: "doe",
      from: "2026-02-01",
      to: "2026-02-28",
      held: true,
      sort: "oldest",
      columns: ["drug"],
    });
    expect(searchOf(queryOf(search, null), search.columns ?? [])).toEqual(search);
  });
});
