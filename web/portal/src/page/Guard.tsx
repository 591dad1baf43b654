import { Problem } from "@pharmonico/shared/api/problem.ts";
import { generalWords } from "@pharmonico/shared/summary.ts";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { link } from "../remember.ts";
import { type Found, type FullProgress, type Session, useSession } from "../session.tsx";
import { useWords } from "../words/words.tsx";

/** Nobody answered: asked again by itself this long after. */
export const AGAIN_MS = 5_000;

/** What a page needs before it can be shown, or where to go instead. */
export type Ready<T> = { found: T } | { elsewhere: string } | { problem: Problem };

/** The page of the code, which leads back here. */
export const codeFirst = (path: string) => `/code?back=${encodeURIComponent(path)}`;

/** The enrollment for everybody with a session. */
export function Enrolled(props: { children: (found: Found) => ComponentChildren }) {
  return <Guard look={enrollment}>{props.children}</Guard>;
}

/** The enrollment while it can still be changed. */
export function Open(props: { children: (found: Found) => ComponentChildren }) {
  return <Guard look={openEnrollment}>{props.children}</Guard>;
}

export type Answers = FullProgress["answers"];

/** The same with what was saved, where the session may see it; null before the code. */
export function OpenWithAnswers(props: {
  children: (found: Found, answers: Answers | null) => ComponentChildren;
}) {
  return <Guard look={withAnswers}>{({ found, answers }) => props.children(found, answers)}</Guard>;
}

interface GuardProps<T> {
  look: (session: Session, path: string) => Promise<Ready<T>>;
  children: (found: T) => ComponentChildren;
}

export function Guard<T>({ look, children }: GuardProps<T>) {
  const session = useSession();
  const { url, route } = useLocation();
  const { t } = useWords();
  const [ready, setReady] = useState<Ready<T> | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isHere = true;
    look(session, url).then(
      (answer) => {
        if (!isHere) return;
        if ("elsewhere" in answer) route(answer.elsewhere, true);
        else setReady(answer);
      },
      (error: unknown) => {
        if (!(error instanceof Problem)) throw error;
        if (isHere) setReady({ problem: error });
      },
    );
    return () => {
      isHere = false;
    };
  }, [url, round, look]);
  const isSilence = ready && "problem" in ready && ready.problem.isSilence;
  useEffect(() => {
    const timer = isSilence ? setTimeout(() => setRound(round + 1), AGAIN_MS) : undefined;
    return () => clearTimeout(timer);
  }, [ready]);
  if (!ready)
    return (
      <p class="note loading" role="status">
        {t("busy")}
      </p>
    );
  if ("problem" in ready) {
    return <Broken problem={ready.problem} again={() => setRound(round + 1)} />;
  }
  return "found" in ready ? children(ready.found) : null;
}

/** The page could not be shown: say so, and offer to try again. */
export function Broken({ problem, again }: { problem: Problem; again: () => void }) {
  const { t, maybe } = useWords();
  return (
    <div class="panel bad" role="alert">
      <p>{generalWords(problem, maybe)}</p>
      <p class="actions">
        <button type="button" onClick={again}>
          {t("photo.retry")}
        </button>
      </p>
    </div>
  );
}

/** The enrollment of the session; without one the reader is led to where a session begins. */
export async function enrollment(session: Session, path: string): Promise<Ready<Found>> {
  return guarded(session, path, async () => session.progress ?? (await session.load()));
}

export async function openEnrollment(session: Session, path: string): Promise<Ready<Found>> {
  return onlyOpen(await enrollment(session, path));
}

interface WithAnswers {
  found: Found;
  answers: Answers | null;
}

async function withAnswers(session: Session, path: string): Promise<Ready<WithAnswers>> {
  const ready = onlyOpen(await enrollment(session, path));
  if (!("found" in ready)) return ready;
  const found = await savedAnswers(ready.found, session, path);
  if (!("found" in found)) return found;
  return { found: { found: ready.found, answers: found.found } };
}

/** What the patient saved, where the session may see it; null before the code. */
export async function savedAnswers(
  found: Found,
  session: Session,
  path: string,
): Promise<Ready<Answers | null>> {
  if (found.code.mode !== "off" && !found.code.verified) return { found: null };
  const full = await guarded(session, path, () => session.load({ full: true }));
  if (!("found" in full)) return full;
  return { found: "answers" in full.found ? full.found.answers : null };
}

async function guarded(
  session: Session,
  path: string,
  look: () => Promise<Found | null>,
): Promise<Ready<Found>> {
  const over = { elsewhere: link.read() ? "/ended" : "/" };
  try {
    const found = await look();
    if (!found) return over;
    const isDue = found.code.mode === "required" && !found.code.verified;
    return isDue ? { elsewhere: codeFirst(path) } : { found };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === "code.required") return { elsewhere: codeFirst(path) };
    if (!error.endsSession) throw error;
    session.forget();
    return over;
  }
}

function onlyOpen(ready: Ready<Found>): Ready<Found> {
  const isOver = "found" in ready && ready.found.status !== "open";
  return isOver ? { elsewhere: "/done" } : ready;
}
