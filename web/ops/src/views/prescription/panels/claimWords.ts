import type { Model } from "@pharmonico/shared/api/types.ts";
import { plainCode } from "../../../parts/words.ts";
import { REASONS } from "./dur.ts";

export type Reply = Model<"DurReply">;

interface Choice {
  value: string;
  label: string;
}

const NEXT_STEPS: Record<string, string> = {
  retry: "Bill it again",
  correct: "Put a fact right",
  pharmacist: "A pharmacist answers",
  other_payer: "Bill another payer",
};

/** What a reject code calls for, in words. */
export const nextStepText = (step: string): string => NEXT_STEPS[step] ?? plainCode(step);

const DECISIONS: readonly [action: string, choice: Choice][] = [
  ["ask_authorization", { value: "ask", label: "Ask the payer" }],
  ["approve_authorization", { value: "approve", label: "It was approved" }],
  ["deny_authorization", { value: "deny", label: "It was denied" }],
  ["appeal", { value: "appeal", label: "Appeal" }],
];

/** What may be decided about an authorization, by what the API says may be done. */
export function decisionsOf(actions: readonly string[]): Choice[] {
  return DECISIONS.filter(([action]) => actions.includes(action)).map(([, choice]) => choice);
}

/** The reasons a review can be about: those of the payer's alerts first, known to us or not. */
export function reasonsOf({ claims }: Pick<Model<"ClaimView">, "claims">): Choice[] {
  const asked = claims.flatMap(({ alerts }) => alerts.map(({ reason }) => reason ?? ""));
  const named = [...new Set(asked)].filter(Boolean).map((code) => ({
    value: code,
    label: REASONS.find(({ value }) => value === code)?.label ?? code,
  }));
  const others = REASONS.filter(({ value }) => !asked.includes(value));
  return [...named, ...others];
}
