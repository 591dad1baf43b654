import { describe, expect, it } from "vitest";
import { listSearch, signInSearch, webhooksSearch } from "./search.ts";

describe("the address of a list", () => {
  it("is read for what it means", () => {
    const given = { q: "doe", sort: "oldest", open: "rx_01ABC" };
    expect(listSearch(given)).toEqual(given);
  });

  it("loses what means nothing", () => {
    expect(listSearch({ q: 7, sort: "up", open: "../x", more: 1 })).toEqual({});
  });
});

describe("the way back from the sign-in", () => {
  it("is a view of ours", () => {
    expect(signInSearch({ back: "/work/intake?q=doe" })).toEqual({ back: "/work/intake?q=doe" });
  });

  it.each(["//evil.example", "https://evil.example", 7])("is never %s", (back) => {
    expect(signInSearch({ back })).toEqual({});
  });
});

describe("the address of the webhooks", () => {
  it("names an endpoint, some of its deliveries and the open one", () => {
    const given = { endpoint: "whe_01ABC", status: "failed", message: "msg_01ABC" };
    expect(webhooksSearch(given)).toEqual(given);
    expect(webhooksSearch({ endpoint: "../x", status: "lost", message: 7 })).toEqual({});
  });
});
