import { expect, it } from "vitest";
import { phoneOf, toldOf } from "./phoned.ts";

const TYPED = {
  bin: "610020",
  pcn: "ADV",
  group: "",
  member_id: "SYN-1",
  insured: "2",
  second_bin: "",
  name: "Jordan Synthetic",
  line1: "1 Main St",
  line2: "",
  city: "Austin",
  state: "tx",
  postal_code: "78701",
  phone: "(512) 555-0100",
  window: "morning",
  signer: "self",
  relationship: "parent",
  language: "es",
  signed: "Jordan Synthetic",
};

function formOf(changed: Partial<typeof TYPED> = {}): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...TYPED, ...changed })) form.append(name, value);
  return form;
}

it.each([
  ["(512) 555-0100", "5125550100"],
  ["+1 512.555.0100", "5125550100"],
  ["512555010", "512555010"],
])("reads the phone number %s as %s", (typed, digits) => {
  expect(phoneOf(typed)).toBe(digits);
});

it("tells what was said, and nothing that was not", () => {
  const told = toldOf(formOf());
  expect(told.insurance).toEqual({
    bin: "610020",
    pcn: "ADV",
    group: "",
    member_id: "SYN-1",
    relationship: "2",
  });
  expect(told.secondary).toBeNull();
  expect(told.delivery).toMatchObject({ state: "TX", phone: "5125550100", window: "morning" });
  expect(told.consent).toMatchObject({ signer: "self", relationship: null, language: "es" });
});

it("says how somebody else who agreed is related, and what pays second", () => {
  const told = toldOf(formOf({ signer: "guardian", second_bin: "015581" }));
  expect(told.consent.relationship).toBe("parent");
  expect(told.secondary?.bin).toBe("015581");
});
