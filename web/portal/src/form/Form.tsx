import { Problem } from "@pharmonico/shared/api/problem.ts";
import { wrongsOf } from "@pharmonico/shared/summary.ts";
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { codeFirst } from "../page/Guard.tsx";
import { useWrongs } from "../page/Page.tsx";
import { useSession } from "../session.tsx";
import { useWords } from "../words/words.tsx";

/** Trimmed values by the fields' names; a box that is not ticked is not there. */
export type Values = Record<string, string>;

export interface FormProps {
  /** The words of the button. */
  button: string;
  /** The names of the fields that are wrong, asked before a trip is made. */
  check?: (values: Values) => string[];
  send: (values: Values) => Promise<void>;
  /** Whether it dealt with the refusal itself. */
  refused?: (problem: Problem) => boolean;
  /** What stands beside the button. */
  beside?: ComponentChildren;
  children?: ComponentChildren;
}

/** A form that is sent once at a time and whose refusals come back to its fields. */
export function Form({ button, check, send, refused, beside, children }: FormProps) {
  const { t } = useWords();
  const { setWrongs } = useWrongs();
  const answer = useAnswer();
  const busy = useRef(false);
  const [isBusy, setBusy] = useState(false);

  async function submit(form: HTMLFormElement) {
    const values = valuesOf(form);
    const wrong = check?.(values) ?? [];
    setWrongs(wrong.map((field) => ({ field, words: t(`wrong.${field}` as "wrong.field") })));
    if (wrong.length) return;
    try {
      await send(values);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (!refused?.(error)) answer(error);
    }
  }

  const submitted = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy.current) return;
    busy.current = true;
    setBusy(true);
    await submit(event.currentTarget as HTMLFormElement).finally(() => {
      busy.current = false;
      setBusy(false);
    });
  };

  return (
    <form noValidate onSubmit={submitted}>
      {children}
      <div class="actions">
        <button type="submit">{isBusy ? t("busy") : button}</button>
        {beside}
      </div>
    </form>
  );
}

/** What a refusal means wherever it comes. */
export function useAnswer(): (problem: Problem) => void {
  const { maybe } = useWords();
  const { setWrongs } = useWrongs();
  const { path, route } = useLocation();
  const session = useSession();
  return (problem) => {
    if (problem.endsSession) {
      session.forget();
      route("/ended", true);
    } else if (problem.code === "code.required") route(codeFirst(path));
    else if (["enrollment.submitted", "enrollment.closed"].includes(problem.code)) route("/done");
    else setWrongs(wrongsOf(problem, maybe));
  };
}

function valuesOf(form: HTMLFormElement): Values {
  const values: Values = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") values[name] = value.trim();
  }
  return values;
}
