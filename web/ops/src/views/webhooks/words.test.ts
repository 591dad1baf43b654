import { describe, expect, it } from "vitest";
import { audienceText, bodyText } from "./words.ts";

describe("a webhook in words", () => {
  it.each([
    ["client#clinic", "Client clinic"],
    ["labeler#12345", "Labeler 12345"],
    ["somebody", "somebody"],
  ])("says of %s that it is %s", (audience, words) => {
    expect(audienceText(audience)).toBe(words);
  });

  it("shows a message line by line, and what is no JSON as it came", () => {
    expect(bodyText('{"type":"delivered"}')).toBe('{\n  "type": "delivered"\n}');
    expect(bodyText("{cut off")).toBe("{cut off");
  });
});
