// The words of the page in the chosen language.

import { chosenLanguage } from "./store.js";
import { EN } from "./words_en.js";
import { ES } from "./words_es.js";

const LANGUAGES = { en: EN, es: ES };
/** @typedef {keyof typeof LANGUAGES} Language */

/** @type {Language} */
let language = first();

/** @returns {Language} */
function first() {
  const wished = chosenLanguage.read() ?? navigator.language.slice(0, 2);
  return wished === "es" ? "es" : "en";
}

export const current = () => language;

/** @param {string} wished @param {{ chosen: boolean }} how a choice of the reader outlives the API's */
export function speak(wished, { chosen }) {
  if (!chosen && chosenLanguage.read()) return;
  language = wished === "es" ? "es" : "en";
  if (chosen) chosenLanguage.keep(language);
}

/**
 * The words under a key, with `{names}` filled in.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  const text = LANGUAGES[language][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** The words under a key, or nothing where there are none. @param {string} key */
export const maybe = (key) => (key in LANGUAGES[language] ? t(key) : null);
