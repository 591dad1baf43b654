// What the browser remembers: nothing about the patient, only the link, the end of the session
// and the language.

const LINK = "link";
const SESSION_ENDS = "session-ends";
const LANGUAGE = "language";

/** What this page holds while it is open. */
export const held = {
  /** @type {any} the last `Progress` the API answered */
  progress: null,
  /** The date of birth as typed, kept to ask for a fresh link without typing it again. */
  birthDate: { month: "", day: "", year: "" },
};

/** The link's token lives as long as the tab: it opens nothing without the date of birth. */
export const link = {
  read: () => sessionStorage.getItem(LINK) ?? "",
  /** @param {string} token */
  keep: (token) => sessionStorage.setItem(LINK, token),
};

/** Whether a session may be open: asking the API without one would only be refused. */
export const sessionHint = {
  isLive: () => Number(localStorage.getItem(SESSION_ENDS)) > Date.now(),
  /** @param {number} seconds */
  keep: (seconds) => localStorage.setItem(SESSION_ENDS, String(Date.now() + seconds * 1000)),
  drop: () => localStorage.removeItem(SESSION_ENDS),
};

export const chosenLanguage = {
  read: () => localStorage.getItem(LANGUAGE),
  /** @param {string} language */
  keep: (language) => localStorage.setItem(LANGUAGE, language),
};
