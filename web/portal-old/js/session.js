// The session's time: a word two minutes before it ends, and the page that says it is over.

import { Problem, call } from "./api.js";
import { byId, el } from "./dom.js";
import { go } from "./router.js";
import { held, sessionHint } from "./store.js";
import { speak, t } from "./words.js";

const WARN_S = 120;
/** @type {ReturnType<typeof setTimeout>[]} */
let timers = [];

/** Every answer of the API tells how long the session still lives. @param {any} progress */
export async function keep(progress) {
  held.progress = progress;
  const { idle_s, absolute_s } = progress.session;
  sessionHint.keep(idle_s);
  // English is also what the record says where nobody chose, so it does not overrule the browser.
  if (progress.language !== "en") await speak(progress.language, { chosen: false });
  quiet();
  timers = [
    setTimeout(() => warn({ last: absolute_s <= idle_s }), Math.max(0, idle_s - WARN_S) * 1000),
    setTimeout(ended, idle_s * 1000),
  ];
  return progress;
}

/** Forget the session on this device. */
export function forget() {
  held.progress = null;
  sessionHint.drop();
  quiet();
}

export function ended() {
  forget();
  void go("/ended", { replace: true });
}

/** The enrollment, with the answers where `full` is given; null when no session can be open. */
export async function progress({ full = false } = {}) {
  if (!sessionHint.isLive()) return null;
  return keep(await call("GET", `/enrollment${full ? "?full=true" : ""}`));
}

function quiet() {
  timers.forEach(clearTimeout);
  byId("warning").replaceChildren();
}

/** @param {{ last: boolean }} how at its absolute end a session cannot be made longer */
function warn({ last }) {
  byId("warning").replaceChildren(
    el(
      "div",
      { class: "panel" },
      el("p", {}, t(last ? "session.last" : "session.soon")),
      !last && el("p", {}, el("button", { type: "button", onclick: stay }, t("session.stay"))),
    ),
  );
}

async function stay() {
  try {
    await progress();
  } catch (problem) {
    if (problem instanceof Problem && problem.endsSession) ended();
    else if (!(problem instanceof Problem)) throw problem;
  }
}
