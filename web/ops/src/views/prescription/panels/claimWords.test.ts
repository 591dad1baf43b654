import { expect, it } from "vitest";
import { decisionsOf, nextStepText, reasonsOf } from "./claimWords.ts";

it("offers the decisions about an authorization that the API names", () => {
  const actions = ["ask_authorization", "appeal", "rebill", "pay_cash"];
  expect(decisionsOf(actions).map(({ value }) => value)).toEqual(["ask", "appeal"]);
  expect(decisionsOf(["rebill", "pay_cash"])).toEqual([]);
});

it("puts what the payer asks about before the other reasons, once each", () => {
  const alerts = [{ reason: "HD" }, { reason: "ZZ" }, { reason: "HD" }, {}];
  const values = reasonsOf({ claims: [{ alerts }] as never }).map(({ value }) => value);
  expect(values.slice(0, 2)).toEqual(["HD", "ZZ"]);
  expect(new Set(values).size).toBe(values.length);
  expect(values).toContain("DD");
});

it("says the next step in words, and an unknown one as it is", () => {
  expect(nextStepText("other_payer")).toBe("Bill another payer");
  expect(nextStepText("call_somebody")).toBe("Call somebody");
});
