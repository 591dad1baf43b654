import { call } from "@pharmonico/shared/api/call.ts";
import { Problem } from "@pharmonico/shared/api/problem.ts";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { useEffect, useState } from "preact/hooks";
import { orderReference } from "../remember.ts";
import { useWords } from "../words/words.tsx";

export type Whereabouts = Model<"Whereabouts">;

export interface Followed {
  order: Whereabouts | null;
  problem: Problem | null;
  look: () => void;
}

/** The order of this browser as the server has it now; asked again every `everyMs`. */
export function useOrder(everyMs: number): Followed {
  const { speak } = useWords();
  const [order, setOrder] = useState<Whereabouts | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
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
  }, [round]);
  useEffect(() => {
    const timer = setInterval(() => document.hidden || setRound((before) => before + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return { order, problem, look: () => setRound((before) => before + 1) };
}

/** By the reference of the message that was opened here once, afterwards by the cookie it made. */
async function whereIsIt(): Promise<Whereabouts> {
  const reference = orderReference.read();
  if (!reference) return call("get", "/api/v1/portal/order");
  const found = await call("post", "/api/v1/portal/order", { body: { reference } });
  orderReference.keep("");
  return found;
}

/** Where the server hands over to the checkout. */
export const HAND_OVER = "/api/v1/portal/pay";

/** From now on the session says which order is meant; a cookie that stays does no harm. */
export async function forgetOrder(): Promise<void> {
  await call("delete", "/api/v1/portal/order").catch(() => null);
}
