// Fields as the whole portal has them: label above, hint and error between label and input.

import { el } from "./dom.js";
import { t, maybe } from "./words.js";

/**
 * @typedef {object} Options
 * @property {string} [value]
 * @property {string} [autocomplete]
 * @property {string} [inputmode]
 * @property {string} [type]
 * @property {"short" | "tiny"} [width]
 * @property {boolean} [optional]
 */

/** @param {string} name @param {Options} [options] */
export function textField(name, options = {}) {
  const { value = "", width, optional, type = "text", ...rest } = options;
  const hint = maybe(`${name}.hint`);
  return field(
    name,
    el("label", { for: name }, t(name), optional && mark()),
    hint && el("p", { class: "hint", id: `${name}-hint` }, hint),
    el("input", {
      id: name,
      name,
      type,
      value,
      class: width,
      "aria-describedby": hint && `${name}-hint`,
      spellcheck: "false",
      ...rest,
    }),
  );
}

/**
 * @param {string} name
 * @param {[string, string][]} choices value and words
 * @param {Options & { empty?: string }} options
 */
export function selectField(name, choices, { value = "", empty = "", ...rest }) {
  const all = empty ? [["", empty], ...choices] : choices;
  return field(
    name,
    el("label", { for: name }, t(name)),
    el(
      "select",
      { id: name, name, ...rest },
      all.map(([key, words]) => el("option", { value: key, selected: key === value }, words)),
    ),
  );
}

/** @param {string} name @param {string[]} values @param {string} chosen */
export function radioField(name, values, chosen) {
  return group(
    name,
    t(name),
    values.map((value, at) =>
      choice(
        "radio",
        at ? `${name}-${value}` : name,
        name,
        value,
        t(`${name}.${value}`),
        value === chosen,
      ),
    ),
  );
}

/** @param {string} legend @param {[string, boolean][]} boxes name and whether it is ticked */
export function checkFields(legend, boxes) {
  return el(
    "fieldset",
    { class: "field" },
    el("legend", {}, legend),
    boxes.map(([name, ticked]) =>
      el("div", { "data-field": name }, choice("checkbox", name, name, "yes", t(name), ticked)),
    ),
  );
}

/**
 * A date as three inputs; an error of the date belongs to all of them.
 * @param {string} name
 * @param {{month: string, day: string, year: string}} value
 */
export function dateField(name, value) {
  /** @param {"month" | "day" | "year"} part @param {string} id @param {number} length */
  const input = (part, id, length) =>
    el(
      "div",
      {},
      el("label", { for: id }, t(`birth.${part}`)),
      el("input", {
        id,
        name: part,
        type: "text",
        inputmode: "numeric",
        maxlength: length,
        autocomplete: `bday-${part}`,
        value: value[part],
      }),
    );
  return group(
    name,
    t(name),
    [
      el("p", { class: "hint", id: `${name}-hint` }, t("birth.hint")),
      el(
        "div",
        { class: "parts" },
        input("month", name, 2),
        input("day", "day", 2),
        input("year", "year", 4),
      ),
    ],
    { "aria-describedby": `${name}-hint` },
  );
}

/** @param {HTMLFormElement} form @returns {Record<string, string>} trimmed values by name */
export function valuesOf(form) {
  const pairs = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  return Object.fromEntries(pairs.map(([name, value]) => [name, String(value).trim()]));
}

/** @param {string} name @param {...import("./dom.js").Child} children */
function field(name, ...children) {
  return el("div", { class: "field", "data-field": name }, children);
}

/** @param {string} name @param {string} legend @param {any[]} children @param {object} [more] */
function group(name, legend, children, more = {}) {
  return el(
    "fieldset",
    { class: "field", "data-field": name, ...more },
    el("legend", {}, legend),
    children,
  );
}

/**
 * @param {string} type @param {string} id @param {string} name
 * @param {string} value @param {string} words @param {boolean} checked
 */
function choice(type, id, name, value, words, checked) {
  return el(
    "label",
    { class: "choice", for: id },
    el("input", { type, id, name, value, checked }),
    el("span", {}, words),
  );
}

const mark = () => el("span", { class: "optional" }, ` ${t("optional")}`);
