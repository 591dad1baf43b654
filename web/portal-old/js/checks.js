// The rules of the API's pages, asked before a trip is made; the API has the last word.

/** @typedef {Record<string, string>} Values */

/** @param {boolean} fine @param {string} field */
const need = (fine, field) => (fine ? [] : [field]);

/** @param {string} text @param {number} most @param {number} [least] */
const fits = (text, most, least = 1) => text.length >= least && text.length <= most;

/** @param {string} text */
const digits = (text) => text.replace(/\D/g, "");

/** Each answers what is sent and the names of the fields that are wrong. */
export const CHECKS = {
  /** @param {Values} values */
  insurance(values) {
    const page = {
      ...values,
      bin: digits(values.bin),
      member_id: values.member_id.replace(/[\s-]/g, ""),
    };
    const wrong = [
      ...need(/^(\d{6}|\d{8})$/.test(page.bin), "bin"),
      ...need(fits(values.pcn, 10, 0), "pcn"),
      ...need(fits(values.group, 15, 0), "group"),
      ...need(fits(page.member_id, 20), "member_id"),
      ...need(Boolean(values.relationship), "relationship"),
    ];
    return { page, wrong };
  },

  /** @param {Values} values */
  delivery(values) {
    const page = { ...values, phone: national(values.phone) };
    const wrong = [
      ...need(fits(values.name, 70), "name"),
      ...need(fits(values.line1, 60), "line1"),
      ...need(fits(values.line2, 60, 0), "line2"),
      ...need(fits(values.city, 40), "city"),
      ...need(/^[A-Z]{2}$/.test(values.state), "state"),
      ...need(/^\d{5}(-\d{4})?$/.test(values.postal_code), "postal_code"),
      ...need(/^(\d{10})?$/.test(page.phone), "phone"),
      ...need(Boolean(values.window), "window"),
    ];
    return { page, wrong };
  },

  /** @param {Values} values */
  consent(values) {
    const { treatment, privacy, signer, signed_name } = values;
    const page = {
      signer,
      signed_name,
      treatment: treatment === "yes",
      privacy: privacy === "yes",
    };
    const wrong = [
      ...need(page.treatment, "treatment"),
      ...need(page.privacy, "privacy"),
      ...need(Boolean(signer), "signer"),
      ...need(fits(signed_name, 70), "signed_name"),
    ];
    return { page, wrong };
  },
};

/**
 * The date as the API takes it, or null when there is no such day.
 * @param {{month: string, day: string, year: string}} date
 */
export function isoDate({ month, day, year }) {
  if (!/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day) || !/^\d{4}$/.test(year)) return null;
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const parsed = new Date(`${iso}T00:00:00Z`);
  const isThatDay = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(iso);
  return isThatDay && parsed.getTime() < Date.now() ? iso : null;
}

/** Ten digits, a leading country code cut off. @param {string} phone */
function national(phone) {
  const all = digits(phone);
  return all.length === 11 && all[0] === "1" ? all.slice(1) : all;
}
