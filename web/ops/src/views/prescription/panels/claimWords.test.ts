import { expect, it } from "vitest";
import { askedBy, decisionsOf, nextStepText, repliesOf } from "./claimWords.ts";

it("offers the decisions about an authorization that the API names", () => {
  const actions = ["ask_authorization", "appeal", "rebill", "pay_cash"];
  expect(decisionsOf(actions).map(({ value }) => value)).toEqual(["ask", "appeal"]);
  expect(decisionsOf(["rebill", "pay_cash"])).toEqual([]);
});

it("asks for an answer to each of the payer's questions, its own reason first", () => {
  const alerts = [{ reason: "HD" }, { reason: "ZZ" }, {}];
  const asked = askedBy({ claims: [{ alerts }] as never });
  expect(asked.map(({ reasons }) => reasons[0]?.value)).toEqual(["HD", "ZZ", "DD"]);
  expect(asked[1]?.words).toBe(", question 2 of 3");
  for (const { reasons } of asked) {
    expect(new Set(reasons.map(({ value }) => value)).size).toBe(reasons.length);
  }
  expect(askedBy({ claims: [] })).toMatchObject([{ words: "" }]);
});

it("takes an answer for each question", () => {
  const form = new FormData();
  for (const [place, reason] of ["HD", "ZZ"].entries()) {
    form.append(`reason ${place}`, reason);
    form.append(`service ${place}`, "M0");
    form.append(`result ${place}`, "1B");
  }
  expect(repliesOf(form, 2)).toEqual([
    { reason: "HD", service: "M0", result: "1B" },
    { reason: "ZZ", service: "M0", result: "1B" },
  ]);
});

it("says the next step in words, and an unknown one as it is", () => {
  expect(nextStepText("other_payer")).toBe("Bill another payer");
  expect(nextStepText("call_somebody")).toBe("Call somebody");
});
