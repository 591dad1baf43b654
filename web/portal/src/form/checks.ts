// The rules of the API's pages, asked before a trip is made; the API has the last word.

import type { Model } from "@pharmonico/shared/api/types.ts";
import type { Values } from "./Form.tsx";

/** What is sent, and the names of the fields that are wrong. */
export interface Checked<T> {
  page: T;
  wrong: string[];
}

const need = (isFine: boolean, field: string) => (isFine ? [] : [field]);
const fits = (text: string, most: number, least = 1) => text.length >= least && text.length <= most;
const digits = (text: string) => text.replace(/\D/g, "");

export function insurance(values: Values): Checked<Model<"Insurance">> {
  const { bin = "", pcn = "", group = "", member_id = "", relationship = "" } = values;
  const page = {
    bin: digits(bin),
    pcn,
    group,
    member_id: member_id.replace(/[\s-]/g, ""),
    relationship: relationship as Model<"Insurance">["relationship"],
  };
  const wrong = [
    ...need(/^(\d{6}|\d{8})$/.test(page.bin), "bin"),
    ...need(fits(pcn, 10, 0), "pcn"),
    ...need(fits(group, 15, 0), "group"),
    ...need(fits(page.member_id, 20), "member_id"),
    ...need(relationship !== "", "relationship"),
  ];
  return { page, wrong };
}

/** Nothing is asked of the fields that are not shown. */
export function secondary(values: Values): Checked<Model<"SecondCoverage">> {
  if (values.has_secondary === "no") return { page: { coverage: null }, wrong: [] };
  if (values.has_secondary !== "yes") return { page: { coverage: null }, wrong: ["has_secondary"] };
  const { page, wrong } = insurance(values);
  return { page: { coverage: page }, wrong };
}

export function delivery(values: Values): Checked<Model<"Delivery">> {
  const text = (name: string) => values[name] ?? "";
  const page = {
    name: text("name"),
    line1: text("line1"),
    line2: text("line2"),
    city: text("city"),
    state: text("state"),
    postal_code: text("postal_code"),
    phone: national(text("phone")),
    window: text("window") as Model<"Delivery">["window"],
  };
  const wrong = [
    ...need(fits(page.name, 70), "name"),
    ...need(fits(page.line1, 60), "line1"),
    ...need(fits(page.line2, 60, 0), "line2"),
    ...need(fits(page.city, 40), "city"),
    ...need(/^[A-Z]{2}$/.test(page.state), "state"),
    ...need(/^\d{5}(-\d{4})?$/.test(page.postal_code), "postal_code"),
    ...need(/^(\d{10})?$/.test(page.phone), "phone"),
    ...need(text("window") !== "", "window"),
  ];
  return { page, wrong };
}

/** Hours of one's own begin and end at different times: silence all day would be none to us. */
export function wishes(values: Values): Checked<Model<"Said">> {
  const { channels = "", language = "", quiet = "", begin = "", end = "" } = values;
  const isOwn = quiet === "own";
  const page = {
    channels: channels as Model<"Said">["channels"],
    language: language as "en" | "es",
    quiet: isOwn ? { begin: Number(begin), end: Number(end) } : null,
  };
  const wrong = [
    ...need(channels !== "", "channels"),
    ...need(language !== "", "language"),
    ...need(quiet !== "", "quiet"),
    ...need(!isOwn || begin !== "", "begin"),
    ...need(!isOwn || (end !== "" && end !== begin), "end"),
  ];
  return { page, wrong };
}

/** Ten digits, a leading country code cut off. */
function national(phone: string): string {
  const all = digits(phone);
  return all.length === 11 && all.startsWith("1") ? all.slice(1) : all;
}

/** Every consent is required; each is given to the very words that were shown. */
export function consent(values: Values, texts: Model<"ConsentShown">[]): Checked<Model<"Consent">> {
  const { signer = "", relation = "", signed_name = "" } = values;
  const wrong = [
    ...texts.filter(({ id }) => values[id] !== "yes").map(({ id }) => id),
    ...need(signer !== "", "signer"),
    ...need(signer === "self" || relation !== "", "relation"),
    ...need(fits(signed_name, 70), "signed_name"),
  ];
  const page = {
    signer: signer as Model<"Consent">["signer"],
    relationship: (relation || null) as Model<"Consent">["relationship"] & string,
    signed_name,
    treatment: true as const,
    privacy: true as const,
    agreements: texts.map(({ id, version, text_hash }) => ({ id, version, text_hash })),
    verbal: false,
  };
  return { page, wrong };
}
