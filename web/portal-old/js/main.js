// The portal: takes the link's token out of the address, then shows the page of the address.

import { Problem } from "./api.js";
import { byId, el } from "./dom.js";
import * as answers from "./pages/answers.js";
import * as checking from "./pages/checking.js";
import * as entering from "./pages/entering.js";
import { photo } from "./pages/photos.js";
import { tasks } from "./pages/tasks.js";
import { route, show } from "./router.js";
import { forget } from "./session.js";
import { link } from "./store.js";
import { current, speak, t } from "./words.js";

const PAGES = {
  "/": entering.landing,
  "/birth-date": entering.birthDate,
  "/link": entering.linkOver,
  "/new-link": entering.renewed,
  "/ended": entering.sessionOver,
  "/closed": entering.closed,
  "/left": entering.left,
  "/code": entering.code,
  "/code/enter": entering.codeEntry,
  "/tasks": tasks,
  "/insurance": answers.insurance,
  "/delivery": answers.delivery,
  "/consent": answers.consent,
  "/photos/front": photo,
  "/photos/back": photo,
  "/check": checking.check,
  "/done": checking.done,
  "*": entering.missing,
};

/** The token stays out of the history, of bookmarks and of whatever reads addresses. */
function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get("t");
  if (!token) return false;
  forget(); // a new link is a new session, even on a shared phone
  link.keep(token);
  history.replaceState(null, "", "/");
  return true;
}

/** The words around the page, which stand in the document itself. */
function speakFrame() {
  document.documentElement.lang = current();
  for (const node of document.querySelectorAll("[data-word]")) {
    node.textContent = t(node.getAttribute("data-word") ?? "");
  }
  const button = byId("language");
  button.textContent = t("other.language");
  button.lang = current() === "en" ? "es" : "en";
}

/** Turning the language keeps what was typed. */
async function turnLanguage() {
  const typed = drafts();
  await speak(current() === "en" ? "es" : "en", { chosen: true });
  await show({ focus: false });
  for (const input of inputs()) {
    const before = typed.get(input.id);
    if (before === undefined) continue;
    if (input instanceof HTMLInputElement && typeof before === "boolean") input.checked = before;
    else if (typeof before === "string") input.value = before;
  }
}

/** @returns {(HTMLInputElement | HTMLSelectElement)[]} */
const inputs = () =>
  [...byId("main").querySelectorAll("select, input:not([type=file])")].map(
    (node) => /** @type {HTMLInputElement | HTMLSelectElement} */ (node),
  );

function drafts() {
  const isTicked = (/** @type {any} */ input) => ["radio", "checkbox"].includes(input.type);
  return new Map(
    inputs().map((input) => [
      input.id,
      isTicked(input) ? /** @type {any} */ (input).checked : input.value,
    ]),
  );
}

/** A page that could not be shown: say so, and offer to try again. @param {unknown} error */
function broken(error) {
  if (!(error instanceof Problem)) throw error;
  const words =
    error.status === 0
      ? t("problem.network")
      : t("problem.other", { request: error.request || error.status });
  const again = el("button", { type: "button", onclick: () => show() }, t("photo.retry"));
  return {
    title: t("summary.title"),
    body: [el("p", {}, words), el("p", { class: "actions" }, again)],
  };
}

takeToken();
window.addEventListener("hashchange", () => {
  if (takeToken()) void show();
});
byId("language").addEventListener("click", () => void turnLanguage());
route(PAGES, broken);
document.addEventListener("shown", speakFrame);
await show();
