import { call } from "@pharmonico/shared/api/call.ts";
import { Problem } from "@pharmonico/shared/api/problem.ts";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { useEffect, useState } from "preact/hooks";
import { orderReference, sessionHint } from "../remember.ts";
import { useWords } from "../words/words.tsx";

export type Whereabouts = Model<"Whereabouts">;

export interface Followed {
  order: Whereabouts | null;
  problem: Problem | null;
  /** Nothing in this tab says which order is meant. */
  isUnknown: boolean;
  look: () => void;
}

/** The order of this tab as the server has it now; asked again every `everyMs`. */
export function useOrder(everyMs: number): Followed {
  const { speak } = useWords();
  const [order, setOrder] = useState<Whereabouts | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [round, setRound] = useState(0);
  const isUnknown = !orderReference.read() && !sessionHint.isLive();
  useEffect(() => {
    if (isUnknown) return;
    let isHere = true;
    const seen = (found: Whereabouts) => {
      if (!isHere) return;
      setOrder(found);
      setProblem(null);
      if (found.language !== "en") speak(found.language, { isChosen: false });
    };
    const failed = (error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      if (isHere) setProblem(error);
    };
    whereIsIt().then(seen, failed);
    return () => {
      isHere = false;
    };
  }, [round, isUnknown]);
  useEffect(() => {
    const timer = setInterval(() => document.hidden || setRound((before) => before + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return { order, problem, isUnknown, look: () => setRound((before) => before + 1) };
}

/** By the reference of the message that was opened here, else by the session. */
function whereIsIt(): Promise<Whereabouts> {
  const reference = orderReference.read();
  return reference
    ? call("post", "/api/v1/portal/order", { body: { reference } })
    : call("get", "/api/v1/portal/order");
}

/** Where the server hands over to the checkout. */
export function handOver(): string {
  const reference = orderReference.read();
  return reference ? `/api/v1/portal/pay/${encodeURIComponent(reference)}` : "/api/v1/portal/pay";
}
