/** A code of the API as people read it: `awaiting_payment` is `Awaiting payment`. */
export function plainCode(code: string): string {
  const words = code.replace(/[_.]/g, " ").trim();
  const spelled = words.replace(/[a-z]+/g, (word) => SPELLED[word] ?? word);
  return spelled.charAt(0).toUpperCase() + spelled.slice(1);
}

/** What the field never writes in small letters. */
const SPELLED: Readonly<Record<string, string>> = {
  dea: "DEA",
  dur: "DUR",
  icd: "ICD",
  ndc: "NDC",
  npi: "NPI",
  pdf: "PDF",
  rems: "REMS",
  rx: "Rx",
  sms: "SMS",
  spi: "SPI",
  totp: "TOTP",
  url: "URL",
  zip: "ZIP",
};

/** Eleven digits in their three parts, as they stand on packages: labeler, product, package. */
export function ndcText(ndc: string): string {
  return ndc.replace(/^(\d{5})(\d{4})(\d{2})$/, "$1-$2-$3");
}

/** Ten digits as they are dialled. */
export function phoneText(phone: string): string {
  return phone.replace(/^(\d{3})(\d{3})(\d{4})$/, "($1) $2-$3");
}

/** How long something takes or has to go, in its two largest units: `2 d 4 h`. */
export function spanText(seconds: number): string {
  const parts: string[] = [];
  let left = Math.max(0, Math.round(seconds));
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    if (count) parts.push(`${count} ${unit}`);
    left -= count * size;
  }
  return parts.slice(0, 2).join(" ") || "0 s";
}

const UNITS: readonly [string, number][] = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
];
