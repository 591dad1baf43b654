// What is known of a prescription, a card per kind of paper.

import { el } from "./dom.js";
import { all, badge, facts, table } from "./parts.js";
import { ago, amount, moment, plain } from "./words.js";

/** @param {any} rx */
export function summary(rx) {
  return facts([
    ["Prescription", el("code", {}, rx.id)],
    ["Patient", [rx.patient_name, el("div", { class: "note" }, rx.patient_id)]],
    ["Drug", [rx.drug, rx.ndc && el("div", { class: "note" }, `NDC ${rx.ndc}`)]],
    ["Prescriber", [rx.prescriber_name, el("div", { class: "note" }, `NPI ${rx.prescriber_npi}`)]],
    ["Plan", rx.plan],
    ["Pharmacy", rx.pharmacy_id],
    ["Patient pays", amount(rx.patient_pay)],
    [
      "Tracking",
      rx.tracking && `${rx.tracking.carrier} ${rx.tracking.number}, ${rx.tracking.status}`,
    ],
    ["Waiting for", rx.waiting && waiting(rx.waiting)],
    ["On hold because", rx.hold_reason && plain(rx.hold_reason)],
    ["Failed at", rx.failure_step],
    ["Received", moment(rx.created_at)],
    ["Changed", moment(rx.updated_at)],
    ["Run, revision", `${rx.run}, ${rx.revision}`],
    ["Message", rx.message_id],
  ]);
}

/** @param {any} wait */
function waiting({ name, since, timeout_s }) {
  const until = new Date(new Date(since).getTime() + timeout_s * 1000).toISOString();
  return [
    plain(name),
    el("div", { class: "note" }, `since ${moment(since)}, at most until ${moment(until)}`),
  ];
}

/** @param {any[]} validations */
export function findings(validations) {
  const last = validations[validations.length - 1];
  const rows = last.findings.map((/** @type {any} */ finding) => [
    el(
      "span",
      {
        class: `badge ${{ error: "bad", warning: "wait" }[/** @type {string} */ (finding.severity)] ?? ""}`,
      },
      plain(finding.severity),
    ),
    el(
      "div",
      {},
      finding.message,
      el("div", { class: "note where" }, `${finding.code} at ${finding.path}`),
    ),
    finding.sent ?? "-",
    finding.normalised ?? "-",
  ]);
  return el(
    "div",
    {},
    rows.length
      ? table(["Severity", "Finding", "As sent", "As understood"], rows, "Findings")
      : el("p", {}, "No findings."),
    last.overrides.map((/** @type {any} */ override) =>
      el(
        "p",
        { class: "note" },
        `Released by ${override.by} (${override.role}), ${moment(override.at)}: ${override.note}`,
      ),
    ),
  );
}

/** @param {any[]} enrollments */
export function enrollment([paper]) {
  const saved = ["insurance", "delivery", "consent"].map(
    (page) => `${plain(page)} ${paper[page] ? "saved" : "missing"}`,
  );
  const { insurance, delivery } = paper;
  return facts([
    [
      "Invited",
      `${moment(paper.started_at)}, ${paper.links_sent} link${paper.links_sent === 1 ? "" : "s"} sent`,
    ],
    ["Contact", [paper.contact_email, paper.contact_phone].filter(Boolean).join(", ")],
    ["Language", paper.language],
    ["Pages", saved.join(", ")],
    ["Card photos", Object.keys(paper.cards ?? {}).join(" and ") || "none"],
    [
      "Insurance",
      insurance &&
        `BIN ${insurance.bin}, PCN ${insurance.pcn || "-"}, group ${insurance.group || "-"}, member ${insurance.member_id}`,
    ],
    [
      "Delivery",
      delivery &&
        `${delivery.name}, ${[delivery.line1, delivery.line2, delivery.city].filter(Boolean).join(", ")}, ${delivery.state} ${delivery.postal_code} (${delivery.window})`,
    ],
    [
      "Signed",
      paper.consent &&
        `${paper.consent.signed_name} (${paper.consent.signer}), ${moment(paper.consent.signed_at)}`,
    ],
    ["Submitted", moment(paper.submitted_at)],
    ["Locked", paper.locked && "Too many wrong dates of birth; a fresh link lifts the lock"],
  ]);
}

/** @param {any[]} claims */
export const claim = (claims) =>
  all(claims, (paper) =>
    facts([
      [
        "Claim",
        [
          el("code", {}, paper.claim_id),
          " ",
          badge(paper.status, { paid: "good", rejected: "bad" }),
        ],
      ],
      ["Rx number, fill", `${paper.rx_number}, ${paper.fill_number}`],
      ["Date of service", paper.date_of_service],
      ["Sent to", `BIN ${paper.bin}, PCN ${paper.pcn || "-"}`],
      ["Ingredient", amount(paper.ingredient)],
      ["Dispensing fee", amount(paper.dispensing_fee)],
      ["Plan paid", amount(paper.plan_paid)],
      ["Patient pays", amount(paper.patient_pay)],
      ["Rejected with", (paper.reject_codes ?? []).join(", ")],
      ["Authorization", paper.authorization],
    ]),
  );

/** @param {any[]} payments */
export const payment = (payments) =>
  all(payments, (paper) =>
    facts([
      [
        "Payment",
        [
          el("code", {}, paper.payment_id),
          " ",
          badge(paper.status, { paid: "good", failed: "bad", expired: "bad" }),
        ],
      ],
      ["Amount", amount(paper.amount)],
      ["Attempt, declines", `${paper.attempt}, ${paper.declines ?? 0}`],
      ["Open until", paper.status === "open" && moment(paper.expires_at)],
      [
        "Link",
        paper.status === "open" &&
          paper.url &&
          el(
            "a",
            { href: paper.url, target: "_blank", rel: "noopener noreferrer" },
            "Checkout page",
          ),
      ],
      ["Problem", paper.problem],
      ["Refund", paper.refund_id],
    ]),
  );

/** @param {any[]} papers */
export const dispensing = (papers) =>
  all(papers, (paper) =>
    facts([
      ["Dispensed", moment(paper.dispensed_at)],
      ["Product, quantity", `NDC ${paper.dispensed_ndc ?? "-"}, ${paper.quantity}`],
      ["Lot", paper.lot],
      ["Verified by", paper.automatic ? "automatically" : paper.verified_by],
    ]),
  );

/** @param {any[]} shipments */
export const shipment = (shipments) =>
  all(shipments, (paper) =>
    el(
      "div",
      {},
      facts([
        [
          "Shipment",
          [el("code", {}, paper.shipment_id), paper.voided && badge("voided", { voided: "bad" })],
        ],
        ["Carrier", [paper.carrier, paper.service].filter(Boolean).join(", ")],
        ["Tracking", tracking(paper)],
        ["Promised", paper.promised_on],
        ["Label", paper.label_key && "stored"],
        ["Cost", amount(paper.cost)],
      ]),
      paper.updates?.length
        ? el(
            "ul",
            { class: "plain-list" },
            paper.updates.map((/** @type {any} */ update) =>
              el("li", {}, Object.values(update).filter(Boolean).join(" · ")),
            ),
          )
        : null,
    ),
  );

/** A link only where it leads to a web page. @param {any} paper */
function tracking({ tracking_number, tracking_url }) {
  if (!/^https?:/.test(tracking_url ?? "")) return tracking_number;
  return el(
    "a",
    { href: tracking_url, target: "_blank", rel: "noopener noreferrer" },
    tracking_number,
  );
}

/** @param {any[]} failures */
export const failures = (failures) =>
  all(failures, (paper) =>
    facts([
      [
        "Step",
        [
          paper.step,
          " ",
          paper.redriven_at ? badge("redriven", {}) : badge("open", { open: "bad" }),
        ],
      ],
      ["Machine", plain(paper.machine)],
      ["Error", el("code", {}, paper.error)],
      ["Cause", paper.cause],
      [
        "Seen",
        `${paper.count} times, first ${moment(paper.first_seen)}, last ${moment(paper.last_seen)}`,
      ],
      ["Redriven", moment(paper.redriven_at)],
    ]),
  );

/** @param {any[]} notices */
export const notices = (notices) =>
  table(
    ["Message", "By", "State", "When"],
    notices.map((paper) => [
      plain(paper.template),
      paper.channel,
      badge(paper.status, { sent: "good", failed: "bad" }),
      ago(paper.sent_at),
    ]),
    "Messages to the patient",
  );
