import { describe, expect, it } from "vitest";
import { ndcText, phoneText, plainCode, spanText } from "./words.ts";

describe("codes", () => {
  it("read as words", () => {
    expect(plainCode("awaiting_payment")).toBe("Awaiting payment");
    expect(plainCode("claim.75")).toBe("Claim 75");
  });

  it("keep the field's capitals", () => {
    expect(plainCode("npi.check_digit")).toBe("NPI check digit");
    expect(plainCode("rx_number")).toBe("Rx number");
    expect(plainCode("incendiary")).toBe("Incendiary");
  });
});

describe("numbers", () => {
  it("are written in their parts, or as they are", () => {
    expect(ndcText("00071015623")).toBe("00071-0156-23");
    expect(ndcText("0071-0156")).toBe("0071-0156");
    expect(phoneText("6145550120")).toBe("(614) 555-0120");
    expect(phoneText("+44 20 7946 0000")).toBe("+44 20 7946 0000");
  });
});

describe("spans", () => {
  it("name their two largest units", () => {
    expect(spanText(0)).toBe("0 s");
    expect(spanText(61)).toBe("1 min 1 s");
    expect(spanText(2 * 86_400 + 4 * 3_600 + 59)).toBe("2 d 4 h");
  });
});
