import type { Model } from "@pharmonico/shared/api/types.ts";

export type Tab = Model<"TabCount">["tab"];

/** The day's work in its order; which statuses stand behind a tab, the API's counts say. */
export const TABS: readonly { tab: Tab; label: string }[] = [
  { tab: "intake", label: "Intake" },
  { tab: "validation", label: "Validation" },
  { tab: "enrollment", label: "Enrollment" },
  { tab: "selection", label: "Pharmacy selection" },
  { tab: "adjudication", label: "Adjudication" },
  { tab: "payment", label: "Payments" },
  { tab: "dispensing", label: "Dispensing" },
  { tab: "shipping", label: "Shipping" },
  { tab: "failures", label: "Failures" },
];

export const isTab = (name: string): name is Tab => TABS.some(({ tab }) => tab === name);

export const labelOf = (tab: Tab): string => TABS.find((each) => each.tab === tab)?.label ?? tab;
