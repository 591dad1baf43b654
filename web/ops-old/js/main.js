// The dashboard: the address after # says what is shown.

import { token } from "./api.js";
import { byId, el, hush } from "./dom.js";
import { showDetail } from "./detail.js";
import { showList } from "./list.js";
import { stop } from "./live.js";
import { showUser, signIn } from "./signing_in.js";
import { explain } from "./words.js";

/** @type {Record<number, string>} */
const REFUSED = { 403: "Your role may not see this", 404: "There is no such prescription" };

function show() {
  hush();
  stop();
  if (!token.read()) return signIn("", show);
  showUser(() => show());
  const [path, query] = location.hash.replace(/^#/, "").split("?");
  const id = /^\/rx\/([\w-]+)$/.exec(path)?.[1];
  if (id) showDetail(id, gaveUp);
  else if (path === "" || path === "/") showList(new URLSearchParams(query), gaveUp);
  else tell("There is no such page", "");
  byId("main").querySelector("h1")?.focus();
}

/**
 * A token that ended, a prescription that is not there: asking again would not help.
 * @param {import("./api.js").Problem} problem
 */
function gaveUp(problem) {
  if (problem.status === 401) {
    token.drop();
    signIn("Your sign-in has ended; paste a new token to go on where you were.", show);
    return true;
  }
  if (problem.status < 400 || problem.status >= 500 || problem.status === 429) return false;
  tell(REFUSED[problem.status] ?? "This cannot be shown", explain(problem));
  return true;
}

/** @param {string} title @param {string} detail */
function tell(title, detail) {
  document.title = `${title} - Pharmonico ops`;
  byId("main").replaceChildren(
    el("h1", { tabindex: "-1" }, title),
    detail && el("p", {}, detail),
    el("p", {}, el("a", { href: "#/" }, "All prescriptions")),
  );
}

window.addEventListener("hashchange", show);
byId("skip").addEventListener("click", (event) => {
  event.preventDefault(); // the part after # is the view's address here
  byId("main").focus();
});
show();
