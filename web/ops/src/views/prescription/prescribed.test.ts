import { expect, it } from "vitest";
import { prescribedOf } from "./prescribed.ts";

const MESSAGE = {
  patient: {
    gender: "M",
    date_of_birth: "1979-05-17",
    address: { line1: "99 Test St", city: "Columbus", state: "OH", postal_code: "43201" },
    contact: { primary_telephone: { number: "6145550120" } },
  },
  medication: {
    quantity: { value: "30", unit_code: "C48542" },
    sig: { text: "Take 1 tablet at bedtime" },
    substitutions: "1",
    diagnoses: [{ primary: { description: "Hyperlipidemia" } }],
  },
};

it("tells what was written of the patient and of the medicine", () => {
  const { patient, medication } = prescribedOf([{ key: "script", message: MESSAGE }]);
  expect(Object.fromEntries(patient)).toMatchObject({
    Born: "May 17, 1979",
    Sex: "Male",
    Phone: "(614) 555-0120",
    Address: "99 Test St, Columbus, OH, 43201",
  });
  expect(Object.fromEntries(medication)).toMatchObject({
    Directions: "Take 1 tablet at bedtime",
    Quantity: "30 tablets",
    Substitution: "Not allowed by the prescriber",
    For: "Hyperlipidemia",
  });
});

it("tells nothing where nothing was kept, and what there is of a message with holes", () => {
  expect(prescribedOf(undefined)).toEqual({ patient: [], medication: [] });
  expect(prescribedOf([{ key: "x", message: null }])).toEqual({ patient: [], medication: [] });
  const { medication } = prescribedOf([{ message: { medication: { days_supply: "30" } } }]);
  expect(medication.filter(([, known]) => known)).toEqual([["Days’ supply", "30"]]);
});
