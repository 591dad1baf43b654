// One prescription: its papers, what can be done, and everything that happened.

import { Problem, act, read } from "./api.js";
import { actions } from "./actions.js";
import { byId, el, hush, refresh, say } from "./dom.js";
import { live } from "./live.js";
import * as papers from "./papers.js";
import { statusBadge } from "./parts.js";
import { ranking } from "./ranking.js";
import { messages, timeline, verifySeals } from "./timeline.js";
import { explain } from "./words.js";

const TIMELINE_EVERY = 3; // looks without a change

/** Cards in the order of a prescription's way; each shows one kind of document. */
const CARDS = [
  { kind: "failure", title: "Failures", view: papers.failures },
  { kind: "validation", title: "Findings", view: papers.findings },
  { kind: "enrollment", title: "Enrollment", view: papers.enrollment },
  { kind: "ranking", title: "Pharmacies", view: null },
  { kind: "claim", title: "Claim", view: papers.claim },
  { kind: "payment", title: "Payment", view: papers.payment },
  { kind: "dispensing", title: "Dispensing", view: papers.dispensing },
  { kind: "shipment", title: "Shipment", view: papers.shipment },
  { kind: "notification", title: "Messages to the patient", view: papers.notices },
];

/** @param {string} id @param {(problem: Problem) => boolean} gaveUp */
export function showDetail(id, gaveUp) {
  document.title = `${id} - Pharmonico ops`;
  byId("main").replaceChildren(...frame(id));
  const path = `/api/v1/prescriptions/${encodeURIComponent(id)}`;
  const seen = { /** @type {any} */ rx: null, etag: "", looks: 0 };
  const look = live(async () => {
    const answer = await read(path, seen.etag);
    if (answer) {
      Object.assign(seen, { rx: answer.body, etag: answer.etag ?? "", looks: 0 });
      display(seen.rx, run);
    }
    if (seen.looks++ % TIMELINE_EVERY === 0 || seen.looks === 2) await showTimeline(id, path);
  }, gaveUp);
  /** @type {Run} */
  const run = async (todo, button) => {
    if (button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    hush();
    await attempt(todo, seen.etag);
    button.ariaBusy = "false";
    await look();
  };
}

/**
 * @typedef {{ path: string, body: object, versioned: boolean, done: (answer: any) => string }} Todo
 */
/** @typedef {(todo: Todo, button: HTMLElement) => Promise<void>} Run */

/** @param {Todo} todo @param {string} etag of what the reader decided upon */
async function attempt({ path, body, versioned, done }, etag) {
  try {
    say(done(await act(path, body, versioned ? etag : "")));
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    say(explain(problem), "bad");
  }
}

/** @param {string} id */
function frame(id) {
  const card = (
    /** @type {string} */ name,
    /** @type {string} */ title,
    /** @type {import("./dom.js").Child[]} */ ...inside
  ) =>
    el(
      "section",
      {
        class: "card",
        id: `card-${name}`,
        "aria-labelledby": `title-${name}`,
        hidden: !["summary", "messages"].includes(name),
      },
      el("h2", { id: `title-${name}` }, title),
      el("div", { id: `in-${name}` }, ...inside),
    );
  return [
    el("p", {}, el("a", { href: "#/", id: "to-list" }, "All prescriptions")),
    el("h1", { tabindex: "-1", id: "heading" }, "Prescription"),
    el(
      "div",
      { class: "two" },
      el(
        "div",
        { class: "side" },
        card("actions", "Actions"),
        card("summary", "Summary", el("p", { class: "note" }, "Loading…")),
      ),
      el(
        "div",
        {},
        CARDS.map(({ kind, title }) => card(kind, title)),
        card("messages", "NCPDP messages", messages(id)),
        card("timeline", "Timeline"),
      ),
    ),
  ];
}

/** @param {any} rx @param {Run} run */
function display(rx, run) {
  document.title = `${rx.patient_name || rx.id} - Pharmonico ops`;
  refresh(
    byId("heading"),
    el("span", {}, rx.patient_name || "No name", " "),
    statusBadge(rx.status),
  );
  fill("summary", rx, () => papers.summary(rx));
  fill("actions", [rx.status, rx.failure_step], () =>
    actions(
      rx,
      (action, form, button) =>
        void run(
          {
            path: action.path(rx),
            body: action.body(rx, form),
            versioned: action.versioned,
            done: action.done,
          },
          button,
        ),
    ),
  );
  for (const { kind, view } of CARDS) {
    const found = rx.documents[kind];
    if (view) fill(kind, found, () => view(found));
  }
  const choice = {
    selectable: rx.status === "awaiting_pharmacy_selection",
    select: (/** @type {object} */ body, /** @type {HTMLElement} */ button) =>
      void run(
        {
          path: `/api/v1/prescriptions/${rx.id}/pharmacy`,
          body,
          versioned: true,
          done: () => "Selected; the claim is sent next.",
        },
        button,
      ),
  };
  fill("ranking", rx.documents.ranking && [rx.documents.ranking, choice.selectable], () =>
    ranking(rx.documents.ranking, choice),
  );
}

/** @param {string} id @param {string} path */
async function showTimeline(id, path) {
  const answer = await read(`${path}/timeline`);
  const entries = answer?.body.entries ?? [];
  fill("timeline", entries, () => timeline(entries, () => void verifySeals(id)));
}

/**
 * A card is drawn anew only when what it shows has changed.
 * @param {string} name
 * @param {any} shown
 * @param {() => HTMLElement} view
 */
function fill(name, shown, view) {
  const card = document.getElementById(`card-${name}`);
  if (!card) return;
  const text = JSON.stringify(shown ?? null);
  if (card.dataset.shown === digest(text)) return;
  card.dataset.shown = digest(text);
  card.hidden = shown === undefined || shown === null;
  if (!card.hidden) refresh(byId(`in-${name}`), view());
}

/** Enough to tell one content from the next. @param {string} text */
function digest(text) {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
  return `${text.length}.${sum}`;
}
