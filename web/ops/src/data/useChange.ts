import { Problem } from "@pharmonico/shared/api/problem.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

/** What a form knows of its change: whether it is under way, and why it was refused. */
export interface Changing {
  isBusy: boolean;
  problem: Problem | null;
  /** Carry it out; true when the API took it. What is read is asked anew in either case. */
  run: (change: () => Promise<unknown>) => Promise<boolean>;
  forget: () => void;
}

/** A change of something that is shown: afterwards every view that is open looks again. */
export function useChange(): Changing {
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async (change: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setProblem(null);
    try {
      await change();
      return true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
      return false;
    } finally {
      setBusy(false);
      void queries.invalidateQueries();
    }
  };
  return { isBusy, problem, run, forget: () => setProblem(null) };
}
