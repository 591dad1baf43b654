import { expect, it } from "vitest";
import { aboutText, codeOf, newestFirst, shortId } from "./entryWords.ts";

it("shortens what nobody reads, and leaves what people write themselves", () => {
  expect(shortId("40d1a82a-21e9-4a79-8ed2-2e064a87a539")).toBe("40d1a82a…");
  expect(shortId("system")).toBe("system");
});

it("says of which day lists were shown", () => {
  expect(aboutText("lists_40d1a82a-21e9-4a79_2026-11-20")).toBe("Lists shown on Nov 20, 2026");
  expect(aboutText("rx_01ABC")).toBe("rx_01ABC");
});

it("puts the newest first, whatever the hour's chains were", () => {
  const at = (time: string) => ({ act: { at: `2026-11-20T${time}Z` } }) as never;
  const sorted = newestFirst([at("20:09:00"), at("20:02:00"), at("20:06:00.5")]);
  expect(sorted.map(({ act }) => act.at.slice(11, 16))).toEqual(["20:09", "20:06", "20:02"]);
});

it("takes an action as it is shown for its code", () => {
  expect(codeOf(" Prescription read ")).toBe("prescription_read");
  expect(codeOf("claims_listed")).toBe("claims_listed");
});
