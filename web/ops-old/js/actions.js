// What ops can do to a prescription; an action that is not possible now says why.

import { el } from "./dom.js";
import { plain } from "./words.js";

const INVITABLE = ["validated", "awaiting_enrollment", "enrollment_expired"];
const HELD = [
  "validation_issue",
  "enrollment_expired",
  "no_pharmacy",
  "claim_rejected",
  "payment_failed",
  "payment_expired",
];
const PAYABLE = ["awaiting_payment", "payment_failed", "payment_expired"];
const PAST_CANCELLING = [
  "in_transit",
  "out_for_delivery",
  "delivered",
  "completed",
  "delivery_exception",
  "returned",
  "cancelled",
];
const CANCEL_REASONS = [
  "ops",
  "patient_request",
  "prescriber_request",
  "duplicate",
  "out_of_stock",
  "clinical",
];

/**
 * @typedef {object} Action
 * @property {string} id
 * @property {(rx: any) => string} name
 * @property {(rx: any) => string | false} blocked why it cannot be done now
 * @property {(rx: any) => HTMLElement[]} [fields]
 * @property {(rx: any) => string} path
 * @property {(rx: any, form: Record<string, string>) => object} body
 * @property {boolean} versioned whether it is sent upon the version that was read
 * @property {(answer: any) => string} done
 * @property {boolean} [danger]
 */

/** @type {Action[]} */
export const ACTIONS = [
  {
    id: "enroll",
    name: (rx) =>
      rx.status === "awaiting_enrollment"
        ? "Send the patient a fresh link"
        : "Start the enrollment",
    blocked: (rx) => !INVITABLE.includes(rx.status) && "only before the patient has enrolled",
    fields: () => [
      ...field("enroll-email", "email", "E-mail, if not the one in the message", { type: "email" }),
      ...field("enroll-phone", "phone", "Phone, if not the one in the message", {
        inputmode: "tel",
        pattern: "\\d{10}",
        title: "10 digits",
      }),
      ...choice("enroll-language", "language", "Language", [
        ["", "As known"],
        ["en", "English"],
        ["es", "Spanish"],
      ]),
    ],
    path: () => "/api/v1/enrollments",
    body: (rx, { email, phone, language }) => {
      const contact = Object.fromEntries(
        Object.entries({ email, phone, language }).filter(([, value]) => value),
      );
      return { prescription_id: rx.id, ...(Object.keys(contact).length ? { contact } : {}) };
    },
    versioned: false,
    done: () =>
      "The invitation is on its way. Its link works once and for 30 minutes; earlier links are dead.",
  },
  {
    id: "release",
    name: () => "Release from hold",
    blocked: (rx) => !HELD.includes(rx.status) && "it is not on hold",
    fields: (rx) => [
      ...field("release-note", "note", "What was decided", {
        required: true,
        minlength: "3",
        maxlength: "1000",
      }),
      ...(rx.status === "validation_issue"
        ? field("release-ndc", "ndc", "NDC of the product, where the message left it open", {
            pattern: "\\d{11}",
            title: "11 digits",
          })
        : []),
    ],
    path: (rx) => `/api/v1/prescriptions/${rx.id}/release`,
    body: (_, { note, ndc }) => ({ note, ...(ndc ? { ndc } : {}) }),
    versioned: true,
    done: (row) => `Released: it is now ${plain(row.status).toLowerCase()}.`,
  },
  {
    id: "payment",
    name: () => "Send a new payment link",
    blocked: (rx) => !PAYABLE.includes(rx.status) && "nothing is to be paid now",
    path: () => "/api/v1/payments",
    body: (rx) => ({ prescription_id: rx.id }),
    versioned: false,
    done: (link) => `A new link is on its way (attempt ${link.attempt}); the old one is closed.`,
  },
  {
    id: "redrive",
    name: (rx) => (rx.failure_step ? `Redrive from ${rx.failure_step}` : "Redrive"),
    blocked: (rx) => !rx.failure_step && "nothing has failed",
    path: (rx) => `/api/v1/prescriptions/${rx.id}/redrive`,
    body: () => ({}),
    versioned: true,
    done: () => "Redriven: it starts again at the stage that failed.",
  },
  {
    id: "cancel",
    name: () => "Cancel the prescription",
    blocked: (rx) =>
      PAST_CANCELLING.includes(rx.status) &&
      (rx.status === "cancelled" ? "it is cancelled" : "the carrier has it"),
    fields: () => [
      ...choice(
        "cancel-reason",
        "reason",
        "Reason",
        CANCEL_REASONS.map((reason) => [reason, plain(reason)]),
      ),
      el(
        "p",
        { class: "note" },
        "Claim, payment and label are undone afterwards. This cannot be taken back.",
      ),
    ],
    path: (rx) => `/api/v1/prescriptions/${rx.id}/cancel`,
    body: (_, { reason }) => ({ reason }),
    versioned: true,
    done: () => "Cancelled. What had been done is being undone; the timeline shows how far it is.",
    danger: true,
  },
];

/**
 * @param {any} rx
 * @param {(action: Action, form: Record<string, string>, button: HTMLElement) => void} run
 */
export function actions(rx, run) {
  const byUse = [...ACTIONS].sort(
    (a, b) => Number(Boolean(a.blocked(rx))) - Number(Boolean(b.blocked(rx))),
  );
  return el(
    "ul",
    { class: "actions" },
    byUse.map((action) => el("li", {}, view(action, rx, run))),
  );
}

/**
 * @param {Action} action
 * @param {any} rx
 * @param {(action: Action, form: Record<string, string>, button: HTMLElement) => void} run
 */
function view(action, rx, run) {
  const why = action.blocked(rx);
  if (why) return el("p", { class: "note" }, `${action.name(rx)}: not now, ${why}.`);
  const fields = action.fields?.(rx) ?? [];
  const submitted = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const values = Object.fromEntries(
      [...new FormData(form)].map(([name, value]) => [name, String(value).trim()]),
    );
    run(action, values, /** @type {HTMLElement} */ (event.submitter ?? form));
  };
  const button = el(
    "button",
    { id: `do-${action.id}`, class: action.danger ? "danger" : null },
    action.name(rx),
  );
  const form = el("form", { class: "stack", onsubmit: submitted }, fields, el("p", {}, button));
  if (!fields.length) return form;
  return el("details", { id: `open-${action.id}` }, el("summary", {}, action.name(rx)), form);
}

/** @param {string} id @param {string} name @param {string} label @param {object} more */
function field(id, name, label, more) {
  return [el("label", { for: id }, label), el("input", { id, name, autocomplete: "off", ...more })];
}

/** @param {string} id @param {string} name @param {string} label @param {string[][]} options */
function choice(id, name, label, options) {
  return [
    el("label", { for: id }, label),
    el(
      "select",
      { id, name },
      options.map(([value, words]) => el("option", { value }, words)),
    ),
  ];
}
