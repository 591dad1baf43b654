// What this page and the browser remember: no token and nothing about the patient lies in any
// storage, only the end of the session and the language. What links carry is held by this page
// alone, and by cookies that no script can read.

interface Memory {
  read: () => string;
  keep: (text: string) => void;
}

function held(): Memory {
  let text = "";
  return {
    read: () => text,
    keep: (next) => {
      text = next;
    },
  };
}

function stored(key: string): Memory {
  return {
    read: () => localStorage.getItem(key) ?? "",
    keep: (text) => localStorage.setItem(key, text),
  };
}

/** The invitation's token: it opens nothing without the date of birth. */
export const link = held();

/** What a payment message carries, until the API has made a cookie of it. */
export const orderReference = held();

export const chosenLanguage = stored("language");

const sessionEnds = stored("session-ends");

/** Whether a session may be open: asking the API without one would only be refused. */
export const sessionHint = {
  isLive: () => Number(sessionEnds.read()) > Date.now(),
  keep: (seconds: number) => sessionEnds.keep(String(Date.now() + seconds * 1000)),
  drop: () => sessionEnds.keep("0"),
};

/** Nothing stays on a phone that others use too, but for the language. */
export function forgetVisit(): void {
  sessionHint.drop();
  link.keep("");
  orderReference.keep("");
}
