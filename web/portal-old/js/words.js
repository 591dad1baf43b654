// The words of the page in the chosen language; only that one is loaded.

import { chosenLanguage } from "./store.js";

/** @typedef {"en" | "es"} Language */

const LOADERS = { en: () => import("./words_en.js"), es: () => import("./words_es.js") };

/** @type {Language} */
let language = first();
/** @type {Record<string, string>} */
let words = (await LOADERS[language]()).WORDS;

/** @returns {Language} */
function first() {
  const wished = chosenLanguage.read() ?? navigator.language.slice(0, 2);
  return wished === "es" ? "es" : "en";
}

export const current = () => language;

/**
 * @param {string} wished
 * @param {{ chosen: boolean }} how a choice of the reader outlives the API's
 */
export async function speak(wished, { chosen }) {
  if (!chosen && chosenLanguage.read()) return;
  const next = wished === "es" ? "es" : "en";
  words = (await LOADERS[next]()).WORDS;
  language = next;
  if (chosen) chosenLanguage.keep(language);
}

/**
 * The words under a key, with `{names}` filled in.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  const text = words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** The words under a key, or nothing where there are none. @param {string} key */
export const maybe = (key) => (key in words ? t(key) : null);
