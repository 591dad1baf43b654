import type { Model } from "@pharmonico/shared/api/types.ts";
import { said } from "../../../parts/said.ts";

type Insurance = Model<"Insurance">;

/** What the patient said on the phone, as the API takes it. */
export function toldOf(form: FormData): Model<"Told"> {
  const signer = said(form, "signer") as Model<"VerbalConsent">["signer"];
  const language = said(form, "language") as "en" | "es";
  return {
    insurance: insuranceOf(form, ""),
    secondary: said(form, "second_bin") ? insuranceOf(form, "second_") : null,
    delivery: {
      name: said(form, "name"),
      line1: said(form, "line1"),
      line2: said(form, "line2"),
      city: said(form, "city"),
      state: said(form, "state").toUpperCase(),
      postal_code: said(form, "postal_code"),
      phone: phoneOf(said(form, "phone")),
      window: said(form, "window") as "any",
    },
    consent: {
      name: said(form, "signed"),
      signer,
      relationship: signer === "self" ? null : (said(form, "relationship") as "other"),
      language,
      treatment: true,
      privacy: true,
    },
  };
}

function insuranceOf(form: FormData, prefix: string): Insurance {
  return {
    bin: said(form, `${prefix}bin`),
    pcn: said(form, `${prefix}pcn`),
    group: said(form, `${prefix}group`),
    member_id: said(form, `${prefix}member_id`),
    relationship: (said(form, `${prefix}insured`) || "1") as Insurance["relationship"],
  };
}

/** Ten digits, however they were typed; anything else is left for the API to refuse. */
export function phoneOf(typed: string): string {
  const digits = typed.replace(/[\s().+-]/g, "");
  return /^1\d{10}$/.test(digits) ? digits.slice(1) : digits;
}
