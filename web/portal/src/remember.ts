// What the browser remembers: nothing about the patient, only the link, the reference of the order
// in this tab, the end of the session and the language.

interface Memory {
  read: () => string;
  keep: (text: string) => void;
  drop: () => void;
}

function memory(storage: () => Storage, key: string): Memory {
  return {
    read: () => storage().getItem(key) ?? "",
    keep: (text) => storage().setItem(key, text),
    drop: () => storage().removeItem(key),
  };
}

/** The link's token lives as long as the tab: it opens nothing without the date of birth. */
export const link = memory(() => sessionStorage, "link");

/** What a payment message carries; it shows an amount and a parcel, and nobody's name. */
export const orderReference = memory(() => sessionStorage, "order");

export const chosenLanguage = memory(() => localStorage, "language");

const sessionEnds = memory(() => localStorage, "session-ends");

/** Whether a session may be open: asking the API without one would only be refused. */
export const sessionHint = {
  isLive: () => Number(sessionEnds.read()) > Date.now(),
  keep: (seconds: number) => sessionEnds.keep(String(Date.now() + seconds * 1000)),
  drop: sessionEnds.drop,
};

/** Nothing stays on a phone that others use too, but for the language. */
export function forgetTab(): void {
  sessionHint.drop();
  sessionStorage.clear();
}
