/** Money as the API has it: an integer of minor units and an ISO 4217 currency. */
export interface Money {
  amount_minor: number;
  currency: string;
}

/** Such as `$12.50`, in the reader's language. */
export function moneyText({ amount_minor, currency }: Money, language = "en"): string {
  const format = new Intl.NumberFormat(language === "es" ? "es-US" : "en-US", {
    style: "currency",
    currency: currency.toUpperCase(),
  });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount_minor / 10 ** digits);
}
