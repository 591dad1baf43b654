// The ranked pharmacies with what their points are made of, and the choice.

import { el } from "./dom.js";
import { table } from "./parts.js";
import { plain } from "./words.js";

const REASONS = [
  "patient_choice",
  "continuity",
  "availability",
  "price",
  "prescriber_request",
  "other",
];

/**
 * @param {any[]} rankings
 * @param {{ selectable: boolean, select: (body: object, button: HTMLElement) => void }} choice
 */
export function ranking(rankings, { selectable, select }) {
  const last = rankings[rankings.length - 1];
  const rows = last.candidates.map((/** @type {any} */ entry) => [
    el("div", {}, entry.name, el("div", { class: "note" }, entry.pharmacy_id)),
    entry.score.toFixed(1),
    `${entry.miles.toFixed(1)}\u00a0mi`,
    chosen(entry, last, selectable, select),
    parts(entry.parts),
  ]);
  const ranked = table(
    ["Pharmacy", "Points", "Distance", "Choice", "Made of (percent)"],
    rows,
    "Ranked pharmacies",
  );
  return el(
    "div",
    {},
    last.selected && selectedNote(last),
    selectable
      ? ranked
      : el(
          "details",
          { id: "ranked" },
          el("summary", {}, `Ranking: ${rows.length} pharmacies`),
          ranked,
        ),
    excluded(last),
    selectable && override(select),
  );
}

/** @param {Record<string, number>} shares 0 to 1 each */
function parts(shares) {
  return el(
    "ul",
    { class: "parts" },
    Object.entries(shares).map(([name, share]) =>
      el(
        "li",
        {},
        el("span", {}, `${plain(name)} ${Math.round(share * 100)}`),
        el("meter", { min: "0", max: "1", value: share, "aria-hidden": "true" }),
      ),
    ),
  );
}

/**
 * @param {any} entry
 * @param {any} last
 * @param {boolean} selectable
 * @param {(body: object, button: HTMLElement) => void} select
 */
function chosen(entry, last, selectable, select) {
  if (entry.pharmacy_id === last.selected) return el("span", { class: "badge good" }, "Selected");
  if (!selectable) return "-";
  const id = `select-${entry.pharmacy_id}`;
  const press = (/** @type {Event} */ event) =>
    select({ pharmacy_id: entry.pharmacy_id }, /** @type {HTMLElement} */ (event.currentTarget));
  return el(
    "button",
    { type: "button", id, "aria-label": `Select ${entry.name}`, onclick: press },
    "Select",
  );
}

/** @param {any} last */
function selectedNote(last) {
  const why =
    last.override_reason &&
    `against the ranking: ${plain(last.override_reason)}, ${last.override_note}`;
  const name = last.candidates.find(
    (/** @type {any} */ entry) => entry.pharmacy_id === last.selected,
  )?.name;
  return el(
    "p",
    {},
    "Selected ",
    name && `${name}, `,
    el("code", {}, last.selected),
    ` by ${last.selected_by}`,
    why && `, ${why}`,
  );
}

/** @param {any} last */
function excluded(last) {
  if (!last.excluded?.length) return null;
  return el(
    "details",
    { id: "excluded" },
    el("summary", {}, `Why not: ${last.excluded.length} nearby`),
    table(
      ["Pharmacy", "Reasons"],
      last.excluded.map((/** @type {any} */ entry) => [
        entry.name,
        entry.reasons.map(plain).join(", "),
      ]),
      "Excluded pharmacies",
    ),
  );
}

/** @param {(body: object, button: HTMLElement) => void} select */
function override(select) {
  const submitted = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const { pharmacy_id, override_reason, override_note } = Object.fromEntries(new FormData(form));
    select(
      { pharmacy_id, override_reason, override_note },
      /** @type {HTMLElement} */ (event.submitter),
    );
  };
  return el(
    "details",
    { id: "override" },
    el("summary", {}, "Choose a pharmacy outside the ranking"),
    el(
      "form",
      { class: "stack", onsubmit: submitted },
      el("label", { for: "override-id" }, "Pharmacy id"),
      el("input", {
        id: "override-id",
        name: "pharmacy_id",
        required: true,
        maxlength: "64",
        autocomplete: "off",
      }),
      el("label", { for: "override-reason" }, "Reason"),
      el(
        "select",
        { id: "override-reason", name: "override_reason" },
        REASONS.map((reason) => el("option", { value: reason }, plain(reason))),
      ),
      el("label", { for: "override-note" }, "Note"),
      el("textarea", {
        id: "override-note",
        name: "override_note",
        required: true,
        maxlength: "1000",
        rows: "2",
      }),
      el("p", {}, el("button", {}, "Select this pharmacy")),
    ),
  );
}
