import type { Model } from "@pharmonico/shared/api/types.ts";

export type Tab = Model<"TabCount">["tab"];

/** The day's work in its order, with the key that leads there after `g`. */
export const TABS: readonly { tab: Tab; label: string; key: string }[] = [
  { tab: "intake", label: "Intake", key: "i" },
  { tab: "validation", label: "Validation", key: "v" },
  { tab: "enrollment", label: "Enrollment", key: "e" },
  { tab: "selection", label: "Pharmacy selection", key: "p" },
  { tab: "adjudication", label: "Adjudication", key: "a" },
  { tab: "payment", label: "Payments", key: "m" },
  { tab: "dispensing", label: "Dispensing", key: "d" },
  { tab: "shipping", label: "Shipping", key: "s" },
  { tab: "failures", label: "Failures", key: "f" },
];

export const isTab = (name: string): name is Tab => TABS.some(({ tab }) => tab === name);

export const labelOf = (tab: Tab): string => TABS.find((each) => each.tab === tab)?.label ?? tab;
