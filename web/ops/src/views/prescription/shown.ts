export const SECTIONS = ["overview", "timeline", "messages", "notes"] as const;
export type SectionName = (typeof SECTIONS)[number];
export const LOOKS = ["steps", "table", "raw"] as const;
export type Look = (typeof LOOKS)[number];

/** Which part of a prescription is looked at and how: in the address, so that it is a link. */
export interface Shown {
  section?: SectionName | undefined;
  look?: Look | undefined;
}

/** Only what is meant is taken from an address. */
export function shownSearch(given: Record<string, unknown>): Shown {
  const shown: Shown = {};
  const section = SECTIONS.find((name) => name === given.section);
  if (section && section !== "overview") shown.section = section;
  const look = LOOKS.find((name) => name === given.look);
  if (look && look !== "steps") shown.look = look;
  return shown;
}
