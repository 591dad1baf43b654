// What is wrong, said twice: in a summary that takes focus, and beside the field itself.

import { byId, el } from "./dom.js";
import { maybe, t } from "./words.js";

/** @typedef {{ field: string, words: string }} Wrong `field` is empty when it is nobody's */

/** @param {Wrong[]} wrongs */
export function showErrors(wrongs) {
  clearErrors();
  const main = byId("main");
  const summary = el(
    "div",
    { class: "summary", role: "alert", tabindex: "-1", "aria-labelledby": "summary-title" },
    el("h2", { id: "summary-title" }, t("summary.title")),
    el(
      "ul",
      {},
      wrongs.map((wrong) => el("li", {}, isHere(wrong.field) ? linkTo(wrong) : wrong.words)),
    ),
  );
  main.prepend(summary);
  for (const wrong of wrongs) markField(wrong);
  document.title = t("error") + document.title;
  summary.focus();
}

export function clearErrors() {
  for (const old of document.querySelectorAll(".summary, .wrong")) old.remove();
  for (const field of document.querySelectorAll(".wrong-field"))
    field.classList.remove("wrong-field");
  for (const input of document.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    const others = (input.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .filter((id) => !id.endsWith("-wrong"));
    describe(input, others);
  }
  if (document.title.startsWith(t("error")))
    document.title = document.title.slice(t("error").length);
}

/**
 * A refusal of the API in the reader's language.
 * @param {import("./api.js").Problem} problem
 * @returns {Wrong[]}
 */
export function wrongsOf(problem) {
  const found = problem.errors
    .map(({ pointer, code }) => ({ field: pointer.split("/")[1] ?? "", code }))
    .map(({ field, code }) => ({
      field,
      words: maybe(code) ?? maybe(`wrong.${field}`) ?? t("wrong.field"),
    }));
  return found.length ? found : [{ field: "", words: general(problem) }];
}

/** @param {import("./api.js").Problem} problem */
function general(problem) {
  if (problem.status === 0) return t("problem.network");
  return maybe(problem.code) ?? t("problem.other", { request: problem.request || problem.status });
}

/** @param {string} field */
const place = (field) => document.querySelector(`[data-field="${CSS.escape(field)}"]`);

/** @param {string} field */
const isHere = (field) => Boolean(field && place(field));

/** @param {Wrong} wrong */
function linkTo({ field, words }) {
  return el(
    "a",
    {
      href: `#${field}`,
      onclick: (/** @type {Event} */ event) => {
        event.preventDefault();
        document.getElementById(field)?.focus();
      },
    },
    words,
  );
}

/** @param {Wrong} wrong */
function markField({ field, words }) {
  const around = field && place(field);
  if (!around) return;
  const id = `${field}-wrong`;
  const message = el("p", { class: "wrong", id }, words);
  around.classList.add("wrong-field");
  const first = around.querySelector("input, select, .parts");
  const before = first?.closest(".choice, .parts") ?? first;
  before?.before(message);
  for (const input of around.querySelectorAll("input, select")) {
    input.setAttribute("aria-invalid", "true");
    describe(input, [...(input.getAttribute("aria-describedby") ?? "").split(" "), id]);
  }
}

/** @param {Element} input @param {string[]} ids */
function describe(input, ids) {
  const known = ids.filter(Boolean).join(" ");
  if (known) input.setAttribute("aria-describedby", known);
  else input.removeAttribute("aria-describedby");
}
