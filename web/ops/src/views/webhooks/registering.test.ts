import { expect, it } from "vitest";
import { askedOf } from "./Registering.tsx";

function typed(whose: string): FormData {
  const form = new FormData();
  const said = { url: " https://clinic.example/hooks ", whose, name: "00071", description: "" };
  for (const [name, value] of Object.entries(said)) form.append(name, value);
  for (const event of ["delivered", "claim_rejected"]) form.append("events", event);
  return form;
}

it.each([
  ["client_id", { client_id: "00071" }],
  ["labeler", { labeler: "00071" }],
])("registers for one owner only: %s", (whose, owner) => {
  expect(askedOf(typed(whose))).toEqual({
    url: "https://clinic.example/hooks",
    events: ["delivered", "claim_rejected"],
    description: "",
    ...owner,
  });
});
