// The list of what is to be done, with the state of each page.

import { el } from "../dom.js";
import { t } from "../words.js";
import { openEnrollment } from "./guard.js";

const NEEDED = ["insurance", "delivery", "consent"];

export async function tasks() {
  const { pages } = await openEnrollment();
  const done = NEEDED.filter((name) => pages[name]).length;
  const isReady = done === NEEDED.length;
  return {
    title: t("tasks.title"),
    body: [
      el("p", {}, t("tasks.text", { done, all: NEEDED.length })),
      el(
        "ul",
        { class: "tasks" },
        task("insurance", "/insurance", stateOf(pages.insurance)),
        task("photos", "/photos/front", photoState(pages)),
        task("delivery", "/delivery", stateOf(pages.delivery)),
        task("consent", "/consent", stateOf(pages.consent)),
      ),
      isReady
        ? el(
            "p",
            { class: "actions" },
            el("a", { class: "button", href: "/check" }, t("tasks.check")),
          )
        : el("p", { class: "note" }, t("tasks.check.later")),
    ],
  };
}

/** @param {string} name @param {string} href @param {string} state */
function task(name, href, state) {
  const id = `state-${name}`;
  return el(
    "li",
    {},
    el("a", { href, "aria-describedby": id }, t(`task.${name}`)),
    el("span", { id, class: state === "done" ? "state done" : "state" }, t(`state.${state}`)),
  );
}

/** @param {boolean} isSaved */
const stateOf = (isSaved) => (isSaved ? "done" : "open");

/** @param {any} pages */
function photoState(pages) {
  if (pages.card_front !== "accepted") return "optional";
  return pages.card_back === "accepted" ? "done" : "half";
}
