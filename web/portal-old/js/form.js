// A form that is sent once at a time and whose refusals come back to its fields.

import { Problem } from "./api.js";
import { el } from "./dom.js";
import { clearErrors, showErrors, wrongsOf } from "./errors.js";
import { valuesOf } from "./fields.js";
import { go } from "./router.js";
import { ended } from "./session.js";
import { t } from "./words.js";

/**
 * @typedef {object} Plan
 * @property {string} button words of the button
 * @property {(values: Record<string, string>) => string[]} [check] names of the wrong fields
 * @property {(values: Record<string, string>) => Promise<void>} send
 * @property {(problem: Problem) => boolean} [refused] whether it dealt with the refusal
 */

/**
 * @param {Plan} plan
 * @param {import("./dom.js").Child[]} fields
 * @param {...import("./dom.js").Child} beside
 */
export function formOf(plan, fields, ...beside) {
  const button = el("button", {}, plan.button);
  let isBusy = false;
  const form = /** @type {HTMLFormElement} */ (
    el(
      "form",
      {
        novalidate: true,
        onsubmit: async (/** @type {Event} */ event) => {
          event.preventDefault();
          if (isBusy) return;
          isBusy = true;
          button.textContent = t("busy");
          await submit(form, plan);
          button.textContent = plan.button;
          isBusy = false;
        },
      },
      fields,
      el("div", { class: "actions" }, button, beside),
    )
  );
  return form;
}

/** @param {HTMLFormElement} form @param {Plan} plan */
async function submit(form, plan) {
  clearErrors();
  const values = valuesOf(form);
  const wrong = plan.check?.(values) ?? [];
  if (wrong.length)
    return showErrors(wrong.map((field) => ({ field, words: t(`wrong.${field}`) })));
  try {
    await plan.send(values);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (!plan.refused?.(problem)) answer(problem);
  }
}

/** What every refusal means wherever it comes. @param {Problem} problem */
export function answer(problem) {
  if (problem.endsSession) return ended();
  if (problem.code === "code.required")
    return void go(`/code?back=${encodeURIComponent(location.pathname)}`);
  if (["enrollment.submitted", "enrollment.closed"].includes(problem.code)) return void go("/done");
  showErrors(wrongsOf(problem));
}
