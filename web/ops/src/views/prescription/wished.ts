import type { Model } from "@pharmonico/shared/api/types.ts";
import { said } from "../../parts/said.ts";

/** The full hours of a day, as people write them. */
export const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${hour % 12 || 12} ${hour < 12 ? "AM" : "PM"}`,
}));

/** What was chosen; the same hour twice is no wish about silence. */
export function wishesOf(form: FormData): Model<"Said"> {
  const begin = Number(said(form, "begin"));
  const end = Number(said(form, "end"));
  return {
    channels: said(form, "channels") as Model<"Said">["channels"],
    language: (said(form, "language") || null) as "en" | null,
    quiet: begin === end ? null : { begin, end },
  };
}
