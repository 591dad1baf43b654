import { describe, expect, it } from "vitest";
import { consent, delivery, insurance, secondary, wishes } from "./checks.ts";

const CARD = { bin: "610014", pcn: "A", group: "", member_id: "YXE 123-456", relationship: "1" };
const ADDRESS = {
  name: "Jordan Doe",
  line1: "99 Test St",
  city: "Columbus",
  state: "OH",
  postal_code: "43201",
  phone: "+1 (614) 555-0120",
  window: "any",
};
const TEXTS = ["treatment", "privacy"].map((id) => ({
  id,
  version: "2026-11",
  title: id,
  text: id,
  text_hash: "a".repeat(64),
}));

describe("the insurance card", () => {
  it("is sent without the blanks and dashes it is printed with", () => {
    const { page, wrong } = insurance({ ...CARD, bin: "610-014" });
    expect(wrong).toEqual([]);
    expect(page).toMatchObject({ bin: "610014", member_id: "YXE123456" });
  });

  it.each([
    [{ bin: "6100144" }, ["bin"]],
    [{ pcn: "12345678901" }, ["pcn"]],
    [{ member_id: "" }, ["member_id"]],
    [{ relationship: "" }, ["relationship"]],
  ])("%o is wrong at %o", (changed, wrong) => {
    expect(insurance({ ...CARD, ...changed }).wrong).toEqual(wrong);
  });
});

describe("the second coverage", () => {
  it("asks nothing of who has none", () => {
    expect(secondary({ has_secondary: "no" })).toEqual({ page: { coverage: null }, wrong: [] });
  });

  it("wants an answer", () => {
    expect(secondary({}).wrong).toEqual(["has_secondary"]);
  });

  it("is a card like the first", () => {
    expect(secondary({ ...CARD, has_secondary: "yes", bin: "" }).wrong).toEqual(["bin"]);
    expect(secondary({ ...CARD, has_secondary: "yes" }).page.coverage?.bin).toBe("610014");
  });
});

describe("how the patient wants to hear from us", () => {
  const said = { channels: "sms", language: "es", quiet: "own", begin: "0", end: "7" };

  it("keeps midnight as an hour", () => {
    const page = { channels: "sms", language: "es", quiet: { begin: 0, end: 7 } };
    expect(wishes(said)).toEqual({ page, wrong: [] });
  });

  it("asks for no hours where the usual ones are good", () => {
    const { page, wrong } = wishes({ ...said, quiet: "usual", begin: "", end: "" });
    expect([page.quiet, wrong]).toEqual([null, []]);
  });

  it.each([
    [{ begin: "", end: "7" }, ["begin"]],
    [{ begin: "22", end: "" }, ["end"]],
    [{ begin: "22", end: "22" }, ["end"]],
    [{ channels: "" }, ["channels"]],
  ])("%o is wrong at %o", (changed, wrong) => {
    expect(wishes({ ...said, ...changed }).wrong).toEqual(wrong);
  });
});

describe("the delivery address", () => {
  it("cuts the phone down to ten digits", () => {
    const { page, wrong } = delivery(ADDRESS);
    expect([page.phone, wrong]).toEqual(["6145550120", []]);
  });

  it("needs neither a second line nor a phone", () => {
    expect(delivery({ ...ADDRESS, phone: "" }).wrong).toEqual([]);
  });

  it.each([
    [{ postal_code: "4320" }, ["postal_code"]],
    [{ state: "" }, ["state"]],
    [{ phone: "555" }, ["phone"]],
    [{ name: "x".repeat(71) }, ["name"]],
  ])("%o is wrong at %o", (changed, wrong) => {
    expect(delivery({ ...ADDRESS, ...changed }).wrong).toEqual(wrong);
  });
});

describe("the consents", () => {
  const SIGNED = { treatment: "yes", privacy: "yes", signer: "self", signed_name: "Jordan Doe" };

  it("are given to the very words that were shown", () => {
    const { page, wrong } = consent(SIGNED, TEXTS);
    expect(wrong).toEqual([]);
    expect(page.agreements).toEqual([
      { id: "treatment", version: "2026-11", text_hash: "a".repeat(64) },
      { id: "privacy", version: "2026-11", text_hash: "a".repeat(64) },
    ]);
  });

  it("are all required, as is a name", () => {
    expect(consent({ signer: "self", treatment: "yes" }, TEXTS).wrong).toEqual([
      "privacy",
      "signed_name",
    ]);
  });

  it("want to know who signs for somebody else", () => {
    expect(consent({ ...SIGNED, signer: "caregiver" }, TEXTS).wrong).toEqual(["relation"]);
  });
});
