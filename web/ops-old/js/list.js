// The list: a chip per worklist, a text box, pages, and new rows that wait until they are asked for.

import { read } from "./api.js";
import { byId, el, refresh } from "./dom.js";
import { live } from "./live.js";
import { VIEWS, ago, amount, moment, plain, tone } from "./words.js";

const LIMIT = 25;

/**
 * @param {URLSearchParams} params
 * @param {(problem: import("./api.js").Problem) => boolean} gaveUp
 */
export function showList(params, gaveUp) {
  const view = params.get("view") ?? "all";
  const title = view === "all" ? "Prescriptions" : (VIEWS[view]?.name ?? "Prescriptions");
  document.title = `${title} - Pharmonico ops`;
  const fresh = el("p", { id: "fresh", role: "status" });
  const rows = el("div", { id: "rows" });
  byId("main").replaceChildren(
    el("h1", { tabindex: "-1" }, "Prescriptions"),
    chips(params, view),
    searchBox(params),
    fresh,
    rows,
  );
  const known = { top: "", text: "" };
  live(async () => {
    const answer = await read(`/api/v1/prescriptions?${queryOf(params, view)}`);
    display(answer?.body, { params, known, fresh, rows });
  }, gaveUp);
}

/** @param {URLSearchParams} params @param {string} view */
function queryOf(params, view) {
  const query = new URLSearchParams({ limit: String(LIMIT) });
  for (const status of VIEWS[view]?.statuses ?? []) query.append("status", status);
  for (const name of ["status", "q", "cursor", "pharmacy", "plan", "from", "to"]) {
    for (const value of params.getAll(name)) query.append(name, value);
  }
  return query;
}

/**
 * @typedef {object} Place
 * @property {URLSearchParams} params
 * @property {{ top: string, text: string }} known the newest id on show, and the last content
 * @property {HTMLElement} fresh
 * @property {HTMLElement} rows
 */

/** @param {any} page @param {Place} place */
function display(page, place) {
  const { known, fresh, rows, params } = place;
  const waiting = known.top
    ? page.items.filter((/** @type {any} */ item) => item.id > known.top)
    : [];
  const items = page.items.filter((/** @type {any} */ item) => !waiting.includes(item));
  const showAll = () => {
    known.top = "";
    display(page, place);
  };
  refresh(
    fresh,
    waiting.length
      ? el(
          "button",
          { type: "button", id: "show-fresh", onclick: showAll },
          `Show ${waiting.length} new`,
        )
      : null,
  );
  known.top ||= items[0]?.id ?? "";
  const text = JSON.stringify([items, page.next_cursor]);
  if (text === known.text) return updateAges(rows);
  known.text = text;
  refresh(
    rows,
    items.length ? table(items) : el("p", { class: "note" }, "Nothing here."),
    pager(params, page.next_cursor),
  );
}

/** @param {HTMLElement} rows */
function updateAges(rows) {
  for (const time of rows.querySelectorAll("time")) time.textContent = ago(time.dateTime);
}

/** @param {any[]} items */
function table(items) {
  const heads = [
    ["Patient and drug"],
    ["Status"],
    ["Waiting for", "wide"],
    ["Patient pays", "wide"],
    ["Changed"],
    ["Prescription", "wide"],
  ];
  return el(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": "Prescriptions" },
    el(
      "table",
      {},
      el("caption", { class: "unseen" }, "Prescriptions, newest first"),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          heads.map(([head, wide]) => el("th", { scope: "col", class: wide }, head)),
        ),
      ),
      el("tbody", {}, items.map(row)),
    ),
  );
}

/** @param {any} item */
function row(item) {
  const why = item.hold_reason ?? (item.failure_step && `at ${item.failure_step}`);
  const cost = amount(item.patient_pay);
  return el(
    "tr",
    {},
    el(
      "th",
      { scope: "row" },
      el("a", { id: item.id, href: `#/rx/${item.id}` }, item.patient_name || "No name"),
      el("div", { class: "note" }, item.drug),
    ),
    el(
      "td",
      {},
      el("span", { class: `badge ${tone(item.status)}` }, plain(item.status)),
      why && el("div", { class: "note" }, why),
    ),
    el(
      "td",
      { class: "wide" },
      item.waiting
        ? [
            plain(item.waiting.name),
            el("div", { class: "note" }, "since ", time(item.waiting.since)),
          ]
        : "-",
    ),
    el("td", { class: "wide" }, cost ?? "-"),
    el("td", {}, time(item.updated_at)),
    el("td", { class: "wide" }, el("code", {}, item.id)),
  );
}

/** @param {string} at */
const time = (at) => el("time", { datetime: at, title: moment(at) }, ago(at));

/** @param {URLSearchParams} params @param {string} view */
function chips(params, view) {
  return el(
    "nav",
    { class: "chips", "aria-label": "Worklists" },
    Object.entries(VIEWS).map(([key, { name }]) => {
      const query = new URLSearchParams(key === "all" ? {} : { view: key });
      if (params.get("q")) query.set("q", params.get("q") ?? "");
      return el(
        "a",
        { href: addressOf(query), "aria-current": key === view ? "page" : null },
        name,
      );
    }),
  );
}

/** @param {URLSearchParams} params */
function searchBox(params) {
  const input = /** @type {HTMLInputElement} */ (
    el("input", {
      id: "q",
      name: "q",
      type: "search",
      value: params.get("q") ?? "",
      maxlength: "100",
      autocomplete: "off",
      "aria-describedby": "q-hint",
    })
  );
  return el(
    "form",
    {
      class: "row",
      role: "search",
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        const query = new URLSearchParams(params);
        query.delete("cursor");
        if (input.value.trim()) query.set("q", input.value.trim());
        else query.delete("q");
        location.hash = addressOf(query);
      },
    },
    el(
      "div",
      { class: "grow" },
      el("label", { for: "q" }, "Search"),
      input,
      el(
        "p",
        { id: "q-hint", class: "note" },
        "Patient or drug; whole ids, NDC, claim or tracking numbers",
      ),
    ),
    el("button", {}, "Search"),
  );
}

/** @param {URLSearchParams} query */
const addressOf = (query) => (query.size ? `#/?${query}` : "#/");

/** @param {URLSearchParams} params @param {string | null} next */
function pager(params, next) {
  const first = new URLSearchParams(params);
  first.delete("cursor");
  const onward = new URLSearchParams(params);
  if (next) onward.set("cursor", next);
  return el(
    "nav",
    { class: "row", "aria-label": "Pages" },
    params.get("cursor") && el("a", { id: "first-page", href: addressOf(first) }, "First page"),
    next && el("a", { id: "next-page", href: addressOf(onward) }, "Next page"),
  );
}
