import { describe, expect, it } from "vitest";
import { keepingOf, leftOf } from "./keeping.ts";

const heard = { idle_left_s: 1_800, absolute_left_s: 40_000, heardAt: 0 };
const after = (minutes: number) => minutes * 60_000;

describe("a session", () => {
  it("is left alone in its first half", () => {
    expect(keepingOf(heard, after(10), after(14))).toBe("nothing");
  });

  it("is renewed for somebody at work once half of it is gone", () => {
    expect(keepingOf(heard, after(10), after(16))).toBe("renew");
  });

  it("is not renewed where nobody works, and warns before it ends", () => {
    expect(keepingOf(heard, 0, after(16))).toBe("nothing");
    expect(keepingOf(heard, 0, after(28.5))).toBe("warn");
    expect(keepingOf(heard, 0, after(30))).toBe("over");
  });

  it("warns of the end that no renewal puts off", () => {
    const last = { idle_left_s: 1_800, absolute_left_s: 100, heardAt: 0 };
    expect(leftOf(last, after(1))).toBe(40);
    expect(keepingOf(last, after(1), after(1))).toBe("warn");
  });
});
