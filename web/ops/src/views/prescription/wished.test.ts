import { expect, it } from "vitest";
import { HOURS, wishesOf } from "./wished.ts";

function chosen(begin: string, end: string): FormData {
  const form = new FormData();
  const fields = { channels: "sms", language: "", begin, end };
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

it("says by which way, and between which hours not", () => {
  const wish = { channels: "sms", language: null };
  expect(wishesOf(chosen("21", "8"))).toEqual({ ...wish, quiet: { begin: 21, end: 8 } });
  expect(wishesOf(chosen("0", "0"))).toEqual({ ...wish, quiet: null });
});

it("writes the hours as people do", () => {
  const labels = HOURS.map(({ label }) => label);
  expect([labels[0], labels[9], labels[12], labels[21]]).toEqual([
    "12 AM",
    "9 AM",
    "12 PM",
    "9 PM",
  ]);
});
