// Asking again every few seconds while somebody looks at the page.

import { Problem } from "./api.js";
import { byId, el } from "./dom.js";

const EVERY_MS = 5000;
let turn = 0;

/** Nothing that was asked for an earlier page is shown on this one. */
export function stop() {
  turn += 1;
}

/**
 * Run now and every five seconds until the page is left; answers a function that runs it at once.
 * @param {() => Promise<void>} look
 * @param {(problem: Problem) => boolean} gaveUp whether the refusal ends the looking
 */
export function live(look, gaveUp) {
  stop();
  const mine = turn;
  /** @type {Promise<void>} */
  let running = Promise.resolve();
  const once = () => {
    running = running.then(() => (mine === turn ? look() : undefined)).then(clearTrouble, trouble);
    return running;
  };
  /** @param {unknown} problem */
  const trouble = (problem) => {
    if (!(problem instanceof Problem)) throw problem;
    if (mine !== turn) return;
    if (gaveUp(problem)) stop();
    else showTrouble(problem);
  };
  const again = () => {
    if (mine !== turn) return;
    setTimeout(async () => {
      if (!document.hidden) await once();
      again();
    }, EVERY_MS);
  };
  void once().then(again);
  return once;
}

/** @param {Problem} problem */
function showTrouble(problem) {
  clearTrouble();
  const words = `${problem.detail || "The service refuses."} Trying again every five seconds.`;
  byId("main").prepend(el("p", { id: "trouble", class: "banner bad", role: "alert" }, words));
}

function clearTrouble() {
  document.getElementById("trouble")?.remove();
}
