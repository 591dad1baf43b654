import { describe, expect, it } from "vitest";
import { withPage } from "./Chain.tsx";

const page = { intact: true, digests: 2, chains: 5, findings: [], sealed_until: "2026-03-01" };
const nothing = { digests: 0, chains: 0, findings: [], sealedUntil: null, isWhole: false };

describe("a proof in pages", () => {
  it("is whole with its last page only, and keeps every finding", () => {
    const first = withPage(nothing, { ...page, next_cursor: "2" });
    expect(first.isWhole).toBe(false);
    const findings = [{ where: "rx_1", place: 3, fault: "hash" }];
    const last = withPage(first, { ...page, findings, sealed_until: null });
    expect(last).toEqual({
      digests: 4,
      chains: 10,
      findings,
      sealedUntil: "2026-03-01",
      isWhole: true,
    });
  });
});
