import { describe, expect, it } from "vitest";
import { Problem } from "./api/problem.ts";
import { masked } from "./masked.ts";
import { moneyText } from "./money.ts";
import { wrongsOf } from "./summary.ts";
import { ageText, dayText, hourText, isoDate } from "./time.ts";

describe("money", () => {
  it.each([
    [1250, "USD", "$12.50"],
    [0, "USD", "$0.00"],
    [5, "usd", "$0.05"],
    [123456789, "USD", "$1,234,567.89"],
    [500, "JPY", "¥500"],
  ])("%i of %s is %s", (amount_minor, currency, text) => {
    expect(moneyText({ amount_minor, currency })).toBe(text);
  });
});

describe("a value that is masked", () => {
  it.each([
    ["YXE123456789", "••••••••6789"],
    ["1234", "••••"],
    ["", ""],
  ])("%s becomes %s", (value, text) => {
    expect(masked(value)).toBe(text);
  });
});

describe("time", () => {
  it("reads three typed parts as a day", () => {
    expect(isoDate("5", "7", "1979")).toBe("1979-05-07");
  });

  it.each([
    ["2", "30", "1979"],
    ["13", "1", "1979"],
    ["1", "1", "79"],
    ["", "", ""],
  ])("knows no day %s %s %s", (month, day, year) => {
    expect(isoDate(month, day, year)).toBeNull();
  });

  it.each([
    [0, "en", "12AM"],
    [21, "en", "9PM"],
    [21, "es", "9p.m."],
  ])("has the hour %i in %s as %s", (hour, language, text) => {
    // Which blanks stand between depends on the browser.
    expect(hourText(hour, language).replaceAll(/\s/g, "")).toBe(text);
  });

  it("moves a date without a time by no zone", () => {
    expect(dayText("2026-03-01")).toBe("March 1, 2026");
  });

  it.each([
    [30, "30 s"],
    [90, "1 min"],
    [7200, "2 h"],
    [200000, "2 d"],
  ])("%i seconds are %s", (seconds, text) => {
    const now = Date.parse("2026-03-01T12:00:00Z");
    expect(ageText(new Date(now - seconds * 1000).toISOString(), now)).toBe(text);
  });
});

describe("what a refusal says", () => {
  const words = (key: string, values: Record<string, string | number> = {}) =>
    ({
      "wrong.bin": "Enter the BIN",
      "problem.network": "Nobody answers",
      "problem.away": "Try again in a minute",
      "problem.other": `Number ${values.request}`,
    })[key] ?? null;

  it("stands at the fields it names", () => {
    const errors = [{ pointer: "/bin", code: "string.pattern" }];
    expect(wrongsOf(new Problem(422, { errors }), words)).toEqual([
      { field: "bin", words: "Enter the BIN" },
    ]);
  });

  it("names the request where there is nothing better", () => {
    const problem = new Problem(500, { code: "unknown", instance: "urn:request:r1" });
    expect(wrongsOf(problem, words)).toEqual([{ field: "", words: "Number r1" }]);
  });

  it.each([502, 503, 504])("asks for patience at %i", (status) => {
    const problem = new Problem(status, { code: "engine.down", instance: "urn:request:r1" });
    expect(wrongsOf(problem, words)).toEqual([{ field: "", words: "Try again in a minute" }]);
  });

  it("says when nobody answered", () => {
    expect(wrongsOf(new Problem(0), words)).toEqual([{ field: "", words: "Nobody answers" }]);
  });
});
