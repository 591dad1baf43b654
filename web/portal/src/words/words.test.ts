import { describe, expect, it } from "vitest";
import { WORDS as ENGLISH } from "./en.ts";
import { WORDS as SPANISH } from "./es.ts";

const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort();

describe("both languages", () => {
  it("say the same things", () => {
    expect(Object.keys(SPANISH).sort()).toEqual(Object.keys(ENGLISH).sort());
  });

  it.each(Object.keys(ENGLISH))("fill the same places in %s", (key) => {
    const name = key as keyof typeof ENGLISH;
    expect(names(SPANISH[name])).toEqual(names(ENGLISH[name]));
    expect(SPANISH[name].trim()).not.toBe("");
  });
});
