/** Codes of a drug-use review as the payer reads them, with their words. */
export const REASONS = [
  { value: "DD", label: "DD drug interaction" },
  { value: "TD", label: "TD therapeutic duplication" },
  { value: "ER", label: "ER overuse" },
  { value: "HD", label: "HD high dose" },
  { value: "LD", label: "LD low dose" },
  { value: "DA", label: "DA allergy" },
  { value: "PA", label: "PA age" },
];

export const SERVICES = [
  { value: "M0", label: "M0 prescriber consulted" },
  { value: "P0", label: "P0 patient consulted" },
  { value: "R0", label: "R0 pharmacist consulted another source" },
];

export const RESULTS = [
  { value: "1A", label: "1A filled as it is, false positive" },
  { value: "1B", label: "1B filled as it is" },
  { value: "1C", label: "1C filled with another dose" },
  { value: "1D", label: "1D filled with other directions" },
  { value: "1G", label: "1G filled with prescriber's approval" },
  { value: "2A", label: "2A not filled" },
  { value: "2B", label: "2B not filled, directions clarified" },
];
