import type { Wrong } from "@pharmonico/shared/summary.ts";
import type { ComponentChildren } from "preact";
import { createContext } from "preact";
import { useContext, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useWords } from "../words/words.tsx";
import { ErrorSummary } from "./ErrorSummary.tsx";

interface Wrongs {
  wrongs: Wrong[];
  setWrongs: (wrongs: Wrong[]) => void;
}

const Context = createContext<Wrongs>({ wrongs: [], setWrongs: () => {} });

/** What is wrong on this page, and how to say so. */
export const useWrongs = () => useContext(Context);

/** What is wrong with one field, or nothing. */
export function useWrong(field: string): string | undefined {
  return useWrongs().wrongs.find((wrong) => wrong.field === field)?.words;
}

export interface PageProps {
  title: string;
  /** Where the link above the title leads. */
  back?: string | undefined;
  /** Of a page with several: another step is a new beginning for who listens. */
  step?: string;
  children?: ComponentChildren;
}

let isFirst = true;

/** One thing per page: its title takes focus, so that a screen reader hears where it is. */
export function Page({ title, back, step, children }: PageProps) {
  const { t } = useWords();
  const [wrongs, setWrongs] = useState<Wrong[]>([]);
  const value = useMemo(() => ({ wrongs, setWrongs }), [wrongs]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${wrongs.length ? t("error") : ""}${title} - Pharmonico`;
  }, [title, wrongs, t]);
  useEffect(() => {
    setWrongs([]);
    // The first page is where the browser itself begins to read.
    if (!isFirst) {
      scrollTo(0, 0);
      heading.current?.focus({ preventScroll: true });
    }
    isFirst = false;
  }, [step]);
  return (
    <Context.Provider value={value}>
      {back && (
        <a class="back" href={back}>
          {t(backWords(back))}
        </a>
      )}
      <ErrorSummary wrongs={wrongs} />
      <h1 tabIndex={-1} ref={heading}>
        {title}
      </h1>
      {children}
    </Context.Provider>
  );
}

function backWords(back: string): "back" | "back.tasks" | "back.check" {
  if (back === "/tasks") return "back.tasks";
  return back === "/check" ? "back.check" : "back";
}
