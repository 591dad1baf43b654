// Everything that happened, from the sealed audit chain, with the check of its seals.

import { Problem, read } from "./api.js";
import { el, refresh, say } from "./dom.js";
import { explain, moment, plain } from "./words.js";

const QUIET = ["prescription_read", "document_read", "enrollment_read"];

/** @param {any[]} entries oldest first @param {() => void} verify */
export function timeline(entries, verify) {
  return el(
    "div",
    {},
    el(
      "p",
      { class: "row" },
      el("button", { type: "button", id: "verify", onclick: verify }, "Verify the seals"),
      el("span", { class: "note" }, `${entries.length} entries, newest first`),
    ),
    el("ol", { class: "timeline" }, gathered(entries).reverse().map(entry)),
  );
}

/** The same reading by the same reader again and again is one line. @param {any[]} entries */
function gathered(entries) {
  /** @type {any[]} */
  const lines = [];
  for (const { sequence, act } of entries) {
    const last = lines[lines.length - 1];
    const isRepeat =
      last &&
      QUIET.includes(act.action) &&
      last.act.action === act.action &&
      last.act.actor.id === act.actor.id;
    if (isRepeat) Object.assign(last, { act, times: last.times + 1, sequence });
    else lines.push({ act, times: 1, sequence });
  }
  return lines;
}

/** @param {{ act: any, times: number, sequence: number }} line */
function entry({ act, times, sequence }) {
  const { status_from: from, status_to: to, run, patient_id: _, ...rest } = act.detail ?? {};
  const more = Object.entries(rest).map(([name, value]) => `${plain(name)} ${value}`);
  return el(
    "li",
    { class: QUIET.includes(act.action) ? "quiet" : null, value: sequence },
    el(
      "p",
      {},
      el("strong", {}, plain(act.action)),
      times > 1 && `, ${times} times`,
      act.outcome !== "ok" && [" ", el("span", { class: "badge bad" }, act.outcome)],
      to && to !== from && el("span", {}, ` ${from ? `${plain(from)} → ` : ""}${plain(to)}`),
    ),
    el(
      "p",
      { class: "note" },
      el("time", { datetime: act.at }, moment(act.at)),
      `, ${act.actor.role} ${act.actor.role === act.actor.id ? "" : act.actor.id}`,
      run && run !== "1" && `, run ${run}`,
      more.length > 0 && ` · ${more.join(" · ")}`,
    ),
  );
}

/** @param {string} id of the prescription */
export async function verifySeals(id) {
  try {
    const answer = await read(`/api/v1/prescriptions/${id}/audit/verify`);
    const { intact, entries, broken_at } = answer?.body ?? {};
    if (intact) say(`All ${entries} seals hold.`);
    else say(`The chain is broken: entry ${broken_at} does not hold.`, "bad");
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    say(explain(problem), "bad");
  }
}

/**
 * The messages as they were exchanged, read (and audited) only when somebody asks.
 * @param {string} id
 */
export function messages(id) {
  const place = el("div", { id: "messages" });
  const button = (/** @type {string} */ kind, /** @type {string} */ words) =>
    el("button", { type: "button", onclick: () => void show(id, kind, place) }, words);
  return el(
    "div",
    {},
    el(
      "p",
      { class: "row" },
      button("script", "SCRIPT message as it came"),
      button("claim", "D.0 claim exchanges"),
    ),
    place,
  );
}

/** @param {string} id @param {string} kind @param {HTMLElement} place */
async function show(id, kind, place) {
  try {
    const answer = await read(`/api/v1/prescriptions/${id}/documents/${kind}`);
    const texts = (answer?.body.documents ?? []).flatMap(
      kind === "script" ? scriptTexts : claimTexts,
    );
    refresh(place, ...(texts.length ? texts : [el("p", { class: "note" }, "There is none yet.")]));
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    say(explain(problem), "bad");
  }
}

/** @param {any} paper */
const scriptTexts = (paper) => [
  el("pre", { tabindex: "0", "aria-label": "SCRIPT message" }, decoded(paper.raw_base64)),
];

/** @param {any} paper */
const claimTexts = (paper) =>
  paper.exchanges.map((/** @type {Record<string, string>} */ exchange) =>
    el(
      "div",
      {},
      Object.entries(exchange).map(([name, value]) =>
        isBytes(name)
          ? el("pre", { tabindex: "0", "aria-label": name }, `${plain(name)}\n${decoded(value)}`)
          : el("p", { class: "note" }, `${plain(name)} ${name === "at" ? moment(value) : value}`),
      ),
    ),
  );

const isBytes = (/** @type {string} */ name) => ["request", "response"].includes(name);

/** Bytes as text; the separators of D.0 are made visible. @param {string} base64 */
function decoded(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return new TextDecoder()
    .decode(bytes)
    .replaceAll("\x1d", "\n␝")
    .replaceAll("\x1e", "\n␞")
    .replaceAll("\x1c", "␜");
}
