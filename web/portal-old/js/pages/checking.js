// Everything on one page before it is sent, and the page after.

import { call } from "../api.js";
import { el } from "../dom.js";
import { formOf } from "../form.js";
import { Elsewhere, go } from "../router.js";
import { forget, keep } from "../session.js";
import { current, t } from "../words.js";
import { enrollment, openEnrollment, savedAnswers } from "./guard.js";

export async function check() {
  const found = await openEnrollment();
  const missing = ["insurance", "delivery", "consent"].some((name) => !found.pages[name]);
  if (missing) throw new Elsewhere("/tasks");
  const answers = await savedAnswers(found);
  if (!answers) throw new Elsewhere("/code?back=/check");
  return {
    title: t("check.title"),
    back: "/tasks",
    body: [
      el("p", {}, t("check.text")),
      ...summary(answers, found.pages, { changeable: true }),
      formOf(
        {
          button: t("check.send"),
          send: async () => {
            await keep(await call("POST", "/submit"));
            await go("/done", { replace: true });
          },
        },
        [],
      ),
    ],
  };
}

export async function done() {
  const found = await enrollment();
  if (found.status === "open") throw new Elsewhere("/tasks");
  if (found.status === "closed") throw new Elsewhere("/closed");
  const answers = await savedAnswers(found);
  return {
    title: t("done.title"),
    body: [
      el(
        "p",
        { class: "panel" },
        t("done.reference"),
        el("br"),
        el("strong", { class: "reference" }, found.reference),
      ),
      el("h2", {}, t("done.next")),
      el(
        "ol",
        {},
        ["1", "2", "3"].map((step) => el("li", {}, t(`done.step${step}`))),
      ),
      ...(answers ? summary(answers, found.pages, { changeable: false }) : []),
      el(
        "p",
        { class: "actions" },
        el("button", { type: "button", onclick: () => window.print() }, t("done.print")),
        el("button", { type: "button", class: "second", onclick: leave }, t("done.leave")),
      ),
    ],
  };
}

async function leave() {
  await call("POST", "/close").catch(() => null); // the session ends by itself soon enough
  forget();
  sessionStorage.clear();
  await go("/left", { replace: true });
}

/** @param {any} answers @param {any} pages @param {{ changeable: boolean }} how */
function summary(
  { patient_name, drug, prescriber_name, insurance, delivery, consent },
  pages,
  { changeable },
) {
  /** @param {string} name @param {string} href @param {[string, string][]} rows */
  const section = (name, href, rows) => [
    el(
      "div",
      { class: "titled" },
      el("h2", {}, t(`task.${name}`)),
      changeable &&
        el(
          "a",
          { href: `${href}?from=check`, "aria-label": `${t("change")}: ${t(`task.${name}`)}` },
          t("change"),
        ),
    ),
    list(rows),
  ];
  return [
    list([
      [t("check.for"), patient_name],
      [t("check.drug"), drug],
      [t("check.prescriber"), prescriber_name],
    ]),
    ...section("insurance", "/insurance", [
      ...["bin", "pcn", "group", "member_id"].map(
        (name) => /** @type {[string, string]} */ ([t(name), insurance[name]]),
      ),
      [t("relationship"), t(`relationship.${insurance.relationship}`)],
    ]),
    ...section("photos", "/photos/front", [[t("check.card"), t(`check.card.${cards(pages)}`)]]),
    ...section("delivery", "/delivery", [
      [t("name"), delivery.name],
      [t("check.address"), address(delivery)],
      [t("phone"), phone(delivery.phone)],
      [t("window"), t(`window.${delivery.window}`)],
    ]),
    ...section("consent", "/consent", [
      [t("signer"), t(`signer.${consent.signer}`)],
      [t("signed_name"), consent.signed_name],
      [t("check.signed"), consent.signed_at ? moment(consent.signed_at) : ""],
    ]),
  ];
}

/** @param {[string, string][]} rows */
function list(rows) {
  return el(
    "dl",
    { class: "answers" },
    rows.map(([name, value]) =>
      el("div", {}, el("dt", {}, name), el("dd", {}, value || t("check.none"))),
    ),
  );
}

/** @param {any} place */
const address = ({ line1, line2, city, state, postal_code }) =>
  [line1, line2, `${city}, ${state} ${postal_code}`].filter(Boolean).join("\n");

/** @param {string} digits */
const phone = (digits) => digits.replace(/^(\d{3})(\d{3})(\d{4})$/, "($1) $2-$3");

/** @param {string} at */
const moment = (at) =>
  new Date(at).toLocaleString(current(), { dateStyle: "long", timeStyle: "short" });

/** @param {any} pages */
function cards({ card_front, card_back }) {
  const front = card_front === "accepted";
  const back = card_back === "accepted";
  if (front && back) return "both";
  return front ? "front" : back ? "back" : "none";
}
