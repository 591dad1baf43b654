// Codes of the API in words, and refusals explained.

/**
 * Worklists: what a chip shows, in the order of a prescription's way.
 * @type {Record<string, { name: string, statuses: string[] }>}
 */
export const VIEWS = {
  all: { name: "All", statuses: [] },
  intake: { name: "Intake", statuses: ["received", "validated"] },
  held: { name: "Validation issues", statuses: ["validation_issue"] },
  enrollment: { name: "Enrollment", statuses: ["awaiting_enrollment", "enrollment_expired"] },
  selection: {
    name: "Pharmacy selection",
    statuses: ["awaiting_routing", "awaiting_pharmacy_selection", "no_pharmacy"],
  },
  claim: { name: "Claim", statuses: ["pharmacy_selected", "adjudicated", "claim_rejected"] },
  payment: { name: "Payment", statuses: ["awaiting_payment", "payment_failed", "payment_expired"] },
  dispensing: { name: "Dispensing", statuses: ["paid", "awaiting_dispense", "dispensed"] },
  shipping: {
    name: "Shipping",
    statuses: ["shipped", "in_transit", "out_for_delivery", "delivery_exception", "returned"],
  },
  over: { name: "Delivered", statuses: ["delivered", "completed"] },
  failed: { name: "Failed", statuses: ["failed"] },
  cancelled: { name: "Cancelled", statuses: ["cancelled"] },
};

const BAD = new Set([
  "validation_issue",
  "enrollment_expired",
  "no_pharmacy",
  "claim_rejected",
  "payment_failed",
  "payment_expired",
  "delivery_exception",
  "returned",
  "failed",
  "cancelled",
]);
const GOOD = new Set(["delivered", "completed"]);

/** @param {string} status */
export const tone = (status) => (BAD.has(status) ? "bad" : GOOD.has(status) ? "good" : "wait");

/** A code as words: `awaiting_payment` is Awaiting payment. @param {string} code */
export function plain(code) {
  const words = code.replace(/[_.]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @param {{amount_minor: number, currency: string} | null | undefined} money */
export function amount(money) {
  if (!money) return null;
  return (money.amount_minor / 100).toLocaleString("en-US", {
    style: "currency",
    currency: money.currency,
  });
}

/** @param {string | null | undefined} at */
export function moment(at) {
  if (!at) return null;
  return new Date(at).toLocaleString("en-US", { dateStyle: "medium", timeStyle: "medium" });
}

/** How long ago, in one unit. @param {string} at */
export function ago(at) {
  const seconds = Math.max(0, (Date.now() - new Date(at).getTime()) / 1000);
  if (seconds < 90) return `${Math.round(seconds)} s ago`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 129_600) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86_400)} days ago`;
}

/** @type {Record<string, string>} */
const REFUSALS = {
  "request.precondition_failed":
    "Somebody or something changed this prescription after you read it, so nothing was done. " +
    "The page shows it as it is now: look again, then decide again.",
  "idempotency.still_running":
    "The same request is still being worked on. Wait a moment and look at the status.",
  "access.denied": "Your role does not allow this.",
  "link.too_soon": "A link was just sent. Wait a minute before you send another.",
  "link.too_many": "Five links were sent this hour. Try again later, or call the patient.",
};

/**
 * A refusal in plain words, with what the API says of single fields.
 * @param {import("./api.js").Problem} problem
 */
export function explain(problem) {
  const known = REFUSALS[problem.code];
  if (known) return known;
  const fields = problem.errors.map(
    ({ pointer, detail }) => `${plain(pointer.split("/").pop() ?? "")}: ${detail}`,
  );
  const words = [problem.detail || "The request was refused.", ...fields];
  if (problem.status === 409) words.push("Its state does not allow this now; nothing was done.");
  if (problem.status >= 500) words.push(`Try again; if it stays, quote ${problem.request}.`);
  return words.join(" ");
}
