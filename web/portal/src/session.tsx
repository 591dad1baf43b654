import { call } from "@pharmonico/shared/api/call.ts";
import type { Model } from "@pharmonico/shared/api/types.ts";
import type { ComponentChildren } from "preact";
import { createContext } from "preact";
import { useContext, useMemo, useRef, useState } from "preact/hooks";
import { sessionHint } from "./remember.ts";
import type { Language } from "./words/language.ts";
import { useWords } from "./words/words.tsx";

export type FullProgress = Model<"FullProgress">;
export type Progress = Omit<FullProgress, "answers">;
export type Found = Progress | FullProgress;

/** The date of birth as typed, kept to ask for a fresh link without typing it again. */
export interface BirthDate {
  month: string;
  day: string;
  year: string;
}

export interface Session {
  /** The last answer about the enrollment, and when it came (milliseconds). */
  progress: Progress | null;
  since: number;
  birthDate: BirthDate;
  setBirthDate: (date: BirthDate) => void;
  /** Take an answer in: each tells how long the session still lives. */
  keep: (progress: Progress) => void;
  /** The enrollment, with the answers where `full` is given; null when no session can be open. */
  load: (how?: { full?: boolean }) => Promise<Found | null>;
  /** Forget the session on this device. */
  forget: () => void;
}

const Context = createContext<Session | null>(null);
const EMPTY: BirthDate = { month: "", day: "", year: "" };

export function useSession(): Session {
  const session = useContext(Context);
  if (!session) throw new Error("no session around this component");
  return session;
}

export function SessionKeeper({ children }: { children: ComponentChildren }) {
  const { speak } = useWords();
  const speaking = useRef(speak);
  speaking.current = speak;
  const [held, setHeld] = useState<Held>(NOTHING);
  const [birthDate, setBirthDate] = useState(EMPTY);
  const acts = useMemo(() => actsOf(setHeld, (language) => speaking.current(language, SAID)), []);
  const session = useMemo(
    () => ({ ...held, ...acts, birthDate, setBirthDate }),
    [held, acts, birthDate],
  );
  return <Context.Provider value={session}>{children}</Context.Provider>;
}

interface Held {
  progress: Progress | null;
  since: number;
}

const NOTHING: Held = { progress: null, since: 0 };
const SAID = { isChosen: false };

function actsOf(setHeld: (held: Held) => void, speak: (language: Language) => void) {
  const keep = (progress: Progress) => {
    setHeld({ progress, since: Date.now() });
    sessionHint.keep(progress.session.idle_s);
    // English is also what the record says where nobody chose, so it does not overrule a browser.
    if (progress.language !== "en") speak(progress.language);
  };
  const load = async ({ full = false } = {}): Promise<Found | null> => {
    if (!sessionHint.isLive()) return null;
    const progress = await call("get", "/api/v1/portal/enrollment", {
      query: full ? { full } : {},
    });
    keep(progress);
    return progress;
  };
  const forget = () => {
    sessionHint.drop();
    setHeld(NOTHING);
  };
  return { keep, load, forget };
}
