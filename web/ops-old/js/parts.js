// Small pieces that several cards use: facts, tables, badges.

import { el } from "./dom.js";
import { plain, tone } from "./words.js";

/** @typedef {[string, import("./dom.js").Child | import("./dom.js").Child[]][]} Rows */

/** @param {Rows} rows empty values are left out */
export function facts(rows) {
  const said = rows.filter(
    ([, value]) => value !== null && value !== undefined && value !== "" && value !== false,
  );
  return el(
    "dl",
    { class: "facts" },
    said.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]).flat(),
  );
}

/** @param {string[]} heads @param {import("./dom.js").Child[][]} rows @param {string} caption */
export function table(heads, rows, caption) {
  return el(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": `${caption}, table` },
    el(
      "table",
      {},
      el("caption", { class: "unseen" }, caption),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          heads.map((head) => el("th", { scope: "col" }, head)),
        ),
      ),
      el(
        "tbody",
        {},
        rows.map((cells) =>
          el(
            "tr",
            {},
            cells.map((cell) => el("td", {}, cell)),
          ),
        ),
      ),
    ),
  );
}

/** @param {string} word @param {Record<string, string>} tones */
export const badge = (word, tones) =>
  el("span", { class: `badge ${tones[word] ?? "wait"}` }, plain(word));

/** Newest first. @param {any[]} papers @param {(paper: any) => HTMLElement} view */
export const all = (papers, view) =>
  el("div", { class: "papers" }, [...papers].reverse().map(view));

/** @param {string} status */
export const statusBadge = (status) =>
  el("span", { class: `badge ${tone(status)}` }, plain(status));
