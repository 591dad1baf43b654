import type { ComponentChildren } from "preact";
import { createContext } from "preact";
import { useContext, useEffect, useMemo, useState } from "preact/hooks";
import { chosenLanguage } from "../remember.ts";
import { WORDS as ENGLISH } from "./en.ts";
import type { Language, Words } from "./language.ts";

type Values = Record<string, string | number>;

/** The words of the page in the reader's language. */
export interface Speech {
  language: Language;
  /** The words under a key, with `{names}` filled in. */
  t: (key: keyof Words, values?: Values) => string;
  /** The words under a key that may have none, such as an error's code. */
  maybe: (key: string, values?: Values) => string | null;
  /** `isChosen`: the reader's own choice, which outlives what the record says. */
  speak: (language: Language, how: { isChosen: boolean }) => void;
}

const Context = createContext<Speech | null>(null);

export function useWords(): Speech {
  const speech = useContext(Context);
  if (!speech) throw new Error("no words around this component");
  return speech;
}

/** What the reader chose, else what the browser speaks. */
export function firstLanguage(): Language {
  const wished = chosenLanguage.read() || navigator.language.slice(0, 2);
  return wished === "es" ? "es" : "en";
}

/** English travels with the site; the other language is fetched by those who read it. */
export async function wordsOf(language: Language): Promise<Words> {
  return language === "en" ? ENGLISH : (await import("./es.ts")).WORDS;
}

interface Spoken {
  language: Language;
  words: Words;
}

export function Speaking({ first, children }: { first: Spoken; children: ComponentChildren }) {
  const [spoken, setSpoken] = useState(first);
  const speech = useMemo(() => speechOf(spoken, setSpoken), [spoken]);
  useEffect(() => {
    document.documentElement.lang = spoken.language;
  }, [spoken.language]);
  return <Context.Provider value={speech}>{children}</Context.Provider>;
}

export function speechOf({ language, words }: Spoken, setSpoken: (next: Spoken) => void): Speech {
  const maybe = (key: string, values: Values = {}) => {
    const text = (words as Record<string, string>)[key];
    return text?.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? "")) ?? null;
  };
  return {
    language,
    maybe,
    t: (key, values) => maybe(key, values) ?? key,
    speak: (wished, { isChosen }) => {
      if (isChosen) chosenLanguage.keep(wished);
      else if (chosenLanguage.read()) return;
      if (wished === language) return;
      // Without a connection the other language does not come; this one stays.
      wordsOf(wished).then(
        (next) => setSpoken({ language: wished, words: next }),
        () => {},
      );
    },
  };
}
