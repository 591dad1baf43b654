import { describe, expect, it } from "vitest";
import { audienceText, bodyText, EVENTS, eventsText } from "./words.ts";

describe("a webhook in words", () => {
  it.each([
    ["client#clinic", "Client clinic"],
    ["labeler#12345", "Labeler 12345"],
    ["somebody", "somebody"],
  ])("says of %s that it is %s", (audience, words) => {
    expect(audienceText(audience)).toBe(words);
  });

  it("names one event and counts several", () => {
    expect(eventsText(["claim_rejected"])).toBe("Claim rejected");
    expect(eventsText(["delivered", "claim_rejected"])).toBe("2 events");
    expect(eventsText(EVENTS)).toBe("All events");
  });

  it("shows a message line by line, and what is no JSON as it came", () => {
    expect(bodyText('{"type":"delivered"}')).toBe('{\n  "type": "delivered"\n}');
    expect(bodyText("{cut off")).toBe("{cut off");
  });
});
