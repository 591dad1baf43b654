import { call } from "@pharmonico/shared/api/call.ts";
import { useQuery } from "@tanstack/react-query";
import type { Fact } from "../../parts/Facts.tsx";
import { dayText } from "../../parts/when.ts";
import { phoneText } from "../../parts/words.ts";

/** Reading a message is audited, so it is read when somebody looks and not polled. */
export function useDocuments(id: string, kind: string, isAllowed = true) {
  return useQuery({
    queryKey: ["documents", id, kind],
    queryFn: () =>
      call("get", "/api/v1/prescriptions/{prescription_id}/documents/{kind}", {
        path: { prescription_id: id, kind },
      }),
    enabled: isAllowed,
    staleTime: 60_000,
  });
}

/** The JSON form of a SCRIPT message, of which any part may be missing. */
interface Tree {
  [name: string]: unknown;
}

/** What the prescriber wrote of the patient and the medicine; nothing where nothing was kept. */
export interface Prescribed {
  patient: Fact[];
  medication: Fact[];
}

const UNITS: Record<string, string> = {
  C48542: "tablets",
  C48480: "capsules",
  C28254: "mL",
  C48155: "g",
  C48473: "ampules",
  C48477: "cartridges",
  C62412: "kits",
  C48524: "patches",
  C48539: "syringes",
  C48551: "vials",
};
const SEXES: Record<string, string> = { M: "Male", F: "Female", U: "Not known" };

export function prescribedOf(documents: readonly unknown[] | undefined): Prescribed {
  const message = documents?.map((paper) => part(paper, "message")).findLast((it) => it.medication);
  return message
    ? { patient: patientFacts(part(message, "patient")), medication: drugFacts(message) }
    : { patient: [], medication: [] };
}

function patientFacts(patient: Tree): Fact[] {
  const contact = part(patient, "contact");
  const address = part(patient, "address");
  const born = text(patient.date_of_birth);
  return [
    ["Born", born && dayText(born)],
    ["Sex", SEXES[text(patient.gender)] ?? text(patient.gender)],
    ["Phone", phoneText(text(part(contact, "primary_telephone").number))],
    ["E-mail", text(contact.email)],
    [
      "Address",
      [address.line1, address.line2, address.city, address.state, address.postal_code]
        .map(text)
        .filter(Boolean)
        .join(", "),
    ],
  ];
}

function drugFacts(message: Tree): Fact[] {
  const drug = part(message, "medication");
  const quantity = part(drug, "quantity");
  const written = text(drug.written_date);
  const diagnoses = Array.isArray(drug.diagnoses) ? drug.diagnoses : [];
  return [
    ["Directions", text(part(drug, "sig").text)],
    ["Quantity", [text(quantity.value), UNITS[text(quantity.unit_code)]].filter(Boolean).join(" ")],
    ["Days’ supply", text(drug.days_supply)],
    ["Refills", text(drug.number_of_refills)],
    ["Substitution", SUBSTITUTIONS[text(drug.substitutions)]],
    ["Written", written && dayText(written.slice(0, 10))],
    [
      "For",
      diagnoses
        .map((each) => text(part(part({ each }, "each"), "primary").description))
        .filter(Boolean)
        .join("; "),
    ],
    ["Note", text(drug.note)],
    ["Practice", text(part(message, "prescriber").practice_name)],
  ];
}

const SUBSTITUTIONS: Record<string, string> = {
  "0": "Allowed",
  "1": "Not allowed by the prescriber",
};

const part = (of: unknown, name: string): Tree => {
  const found = of && typeof of === "object" ? (of as Tree)[name] : null;
  return found && typeof found === "object" ? (found as Tree) : {};
};

const text = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";
