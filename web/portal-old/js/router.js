// Addresses to pages: each page says its title and content; the frame stays.

import { byId, el } from "./dom.js";
import { t } from "./words.js";

/** @typedef {{ title: string, body: import("./dom.js").Child[], back?: string }} View */
/** @typedef {(address: URL) => View | Promise<View>} Page a redirect is thrown as `Elsewhere` */

/** Thrown by a page that cannot be shown now. */
export class Elsewhere extends Error {
  /** @param {string} path */
  constructor(path) {
    super(path);
    this.path = path;
  }
}

/** @type {Record<string, Page>} */
let pages = {};
/** @type {(error: unknown) => View} */
let broken = () => ({ title: "", body: [] });
let turn = 0;

/** @param {Record<string, Page>} map @param {(error: unknown) => View} onError */
export function route(map, onError) {
  pages = map;
  broken = onError;
  window.addEventListener("popstate", () => show());
  document.addEventListener("click", follow);
}

/** @param {string} path @param {{ replace?: boolean }} [how] */
export async function go(path, { replace = false } = {}) {
  if (replace) history.replaceState(null, "", path);
  else history.pushState(null, "", path);
  await show();
}

/** Show the page of the present address; `focus` is false when only the language changed. */
export async function show({ focus = true } = {}) {
  const mine = ++turn;
  const address = new URL(location.href);
  try {
    const view = await (pages[address.pathname] ?? pages["*"])(address);
    if (mine === turn) display(view, focus);
  } catch (error) {
    if (mine !== turn) return;
    if (error instanceof Elsewhere) await go(error.path, { replace: true });
    else display(broken(error), focus);
  }
}

/** @param {View} view @param {boolean} focus */
function display({ title, body, back }, focus) {
  document.title = `${title} - Pharmonico`;
  document.dispatchEvent(new Event("shown"));
  const heading = el("h1", { tabindex: "-1" }, title);
  const link = back && el("a", { class: "back", href: back }, t(BACK[back] ?? "back"));
  const shown = el("div", {}, link, heading, ...body);
  byId("main").replaceChildren(...shown.childNodes);
  if (!focus) return;
  scrollTo(0, 0);
  heading.focus();
}

/** @type {Record<string, string>} */
const BACK = { "/tasks": "back.tasks", "/check": "back.check" };

/** Links inside the site turn the page without loading it again. @param {MouseEvent} event */
function follow(event) {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (
    !link ||
    event.defaultPrevented ||
    event.button ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey
  )
    return;
  if (
    link.origin !== location.origin ||
    link.hash ||
    link.target ||
    link.pathname.startsWith("/api/")
  )
    return;
  event.preventDefault();
  void go(link.pathname + link.search);
}
