import type { Model } from "@pharmonico/shared/api/types.ts";
import { said } from "../../../parts/said.ts";
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

const REPLIES_MAX = 9;

/** One question of the payer's review, with the reasons an answer can name, its own first. */
interface Asked {
  key: string;
  /** Which one, where there are several. */
  words: string;
  reasons: Choice[];
}

/** What the payer's newest answer asks about; one question where it does not say. */
export function askedBy({ claims }: Pick<Model<"ClaimView">, "claims">): Asked[] {
  const codes = (claims[0]?.alerts ?? []).map(({ reason }) => reason ?? "").slice(0, REPLIES_MAX);
  if (!codes.length) return [{ key: "0", words: "", reasons: REASONS }];
  return codes.map((code, place) => ({
    key: String(place),
    words: codes.length > 1 ? `, question ${place + 1} of ${codes.length}` : "",
    reasons: ownFirst(code),
  }));
}

/** Known to us or not: what the payer asked is what can be answered. */
function ownFirst(code: string): Choice[] {
  const own = REASONS.find(({ value }) => value === code) ?? { value: code, label: code };
  return code ? [own, ...REASONS.filter(({ value }) => value !== code)] : REASONS;
}

/** The answers as they were chosen, one for each question. */
export function repliesOf(form: FormData, count: number): Reply[] {
  return Array.from({ length: count }, (_, place) => ({
    reason: said(form, `reason ${place}`),
    service: said(form, `service ${place}`),
    result: said(form, `result ${place}`),
  }));
}
