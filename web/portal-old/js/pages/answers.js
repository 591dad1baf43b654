// The three pages that are typed: insurance, delivery, consent.

import { call } from "../api.js";
import { CHECKS } from "../checks.js";
import { el } from "../dom.js";
import { checkFields, radioField, selectField, textField } from "../fields.js";
import { formOf } from "../form.js";
import { go } from "../router.js";
import { keep } from "../session.js";
import { STATES } from "../states.js";
import { t } from "../words.js";
import { openEnrollment, savedAnswers } from "./guard.js";

/** @typedef {"insurance" | "delivery" | "consent"} Name */

/** @param {URL} address */
export const insurance = (address) =>
  typed("insurance", address, (saved) => [
    textField("bin", {
      inputmode: "numeric",
      autocomplete: "off",
      width: "short",
      value: saved.bin,
    }),
    textField("pcn", { autocomplete: "off", width: "short", value: saved.pcn, optional: true }),
    textField("group", { autocomplete: "off", width: "short", value: saved.group, optional: true }),
    textField("member_id", { autocomplete: "off", value: saved.member_id }),
    radioField("relationship", ["1", "2", "3", "4"], saved.relationship ?? "1"),
  ]);

/** @param {URL} address */
export const delivery = (address) =>
  typed("delivery", address, (saved) => [
    textField("name", { autocomplete: "name", value: saved.name }),
    textField("line1", { autocomplete: "address-line1", value: saved.line1 }),
    textField("line2", { autocomplete: "address-line2", value: saved.line2, optional: true }),
    textField("city", { autocomplete: "address-level2", value: saved.city }),
    selectField("state", STATES, {
      autocomplete: "address-level1",
      value: saved.state,
      empty: t("state.choose"),
    }),
    textField("postal_code", {
      inputmode: "numeric",
      autocomplete: "postal-code",
      width: "short",
      value: saved.postal_code,
    }),
    textField("phone", {
      type: "tel",
      inputmode: "tel",
      autocomplete: "tel-national",
      width: "short",
      value: saved.phone,
      optional: true,
    }),
    radioField("window", ["any", "morning", "afternoon", "evening"], saved.window ?? "any"),
  ]);

/** @param {URL} address */
export const consent = (address) =>
  typed("consent", address, (saved) => [
    checkFields(t("consents"), [
      ["treatment", saved.treatment === true],
      ["privacy", saved.privacy === true],
    ]),
    radioField("signer", ["self", "caregiver", "guardian"], saved.signer ?? "self"),
    textField("signed_name", { autocomplete: "name", value: saved.signed_name }),
  ]);

/** @param {Name} name @param {URL} address @param {(saved: any) => Node[]} fields */
async function typed(name, address, fields) {
  const found = await openEnrollment();
  const saved = found.pages[name] ? await savedAnswers(found) : {};
  const next = address.searchParams.get("from") === "check" ? "/check" : "/tasks";
  return {
    title: t(`${name}.title`),
    back: next,
    body: [
      saved ? el("p", {}, t(`${name}.text`)) : keptNote(address.pathname),
      formOf(
        {
          button: t("save"),
          check: (values) => CHECKS[name](values).wrong,
          send: async (values) => {
            await keep(await call("PUT", `/enrollment/${name}`, CHECKS[name](values).page));
            await go(next);
          },
        },
        fields(saved?.[name] ?? {}),
      ),
    ],
  };
}

/** What was saved is shown only after the code. @param {string} path */
function keptNote(path) {
  const href = `/code?back=${encodeURIComponent(path)}`;
  return el("p", { class: "panel" }, t("kept"), " ", el("a", { href }, t("kept.code")));
}
