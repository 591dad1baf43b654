import type { Wrong } from "@pharmonico/shared/summary.ts";
import { useEffect, useRef } from "preact/hooks";
import { useWords } from "../words/words.tsx";

/** What is wrong, all in one place: it takes focus, and its links lead to the fields. */
export function ErrorSummary({ wrongs }: { wrongs: Wrong[] }) {
  const { t } = useWords();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (wrongs.length) place.current?.focus();
  }, [wrongs]);
  if (!wrongs.length) return null;
  return (
    <div class="summary" role="alert" tabIndex={-1} aria-labelledby="summary-title" ref={place}>
      <h2 id="summary-title">{t("summary.title")}</h2>
      <ul>
        {wrongs.map(({ field, words }) => (
          <li key={field + words}>{field ? <LinkTo field={field} words={words} /> : words}</li>
        ))}
      </ul>
    </div>
  );
}

/** A field of another page has no place to lead to, so only its words stand there. */
function LinkTo({ field, words }: Wrong) {
  if (!document.getElementById(field)) return <>{words}</>;
  const follow = (event: Event) => {
    event.preventDefault();
    document.getElementById(field)?.focus();
  };
  return (
    <a href={`#${field}`} onClick={follow}>
      {words}
    </a>
  );
}
