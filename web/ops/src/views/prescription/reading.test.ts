import { expect, it } from "vitest";
import { type Detail, pharmacyName } from "./reading.ts";

const rx = {
  documents: {
    ranking: [
      { candidates: [{ pharmacy_id: "ph_1", name: "Heron Pharmacy" }] },
      { candidates: [{ pharmacy_id: "ph_2", name: "Kestrel Pharmacy" }] },
    ],
  },
} as unknown as Detail;

it("names a pharmacy as any ranking did", () => {
  expect(pharmacyName(rx, "ph_1")).toBe("Heron Pharmacy");
  expect(pharmacyName(rx, "ph_2")).toBe("Kestrel Pharmacy");
});

it("keeps the id of one outside of every ranking", () => {
  expect(pharmacyName(rx, "ph_9")).toBe("ph_9");
  expect(pharmacyName({ ...rx, documents: {} } as Detail, "ph_1")).toBe("ph_1");
});
