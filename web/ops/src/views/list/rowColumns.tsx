import type { Model } from "@pharmonico/shared/api/types.ts";
import { moneyText } from "@pharmonico/shared/money.ts";
import { ageText } from "@pharmonico/shared/time.ts";
import type { ReactNode } from "react";
import { StatusBadge } from "../../parts/StatusBadge.tsx";
import { plainCode } from "../../parts/words.ts";

export type Row = Model<"Row">;

interface Column {
  name: string;
  label: string;
  cell: (row: Row, now: number) => ReactNode;
  isNumber?: boolean;
}

/** What a list can show beside the patient, whose name leads to the prescription. */
export const COLUMNS: readonly Column[] = [
  { name: "drug", label: "Medication", cell: (row) => row.drug },
  { name: "status", label: "Status", cell: (row) => <StatusBadge status={row.status} /> },
  {
    name: "why",
    label: "Rests because",
    cell: (row) => row.hold_reason && plainCode(row.hold_reason),
  },
  { name: "age", label: "Age", cell: (row, now) => ageText(row.created_at, now), isNumber: true },
  {
    name: "changed",
    label: "Changed",
    cell: (row, now) => ageText(row.updated_at, now),
    isNumber: true,
  },
  { name: "assignee", label: "Assigned to", cell: (row) => row.assignee },
  { name: "prescriber", label: "Prescriber", cell: (row) => row.prescriber_name },
  { name: "plan", label: "Plan", cell: (row) => row.plan },
  { name: "pharmacy", label: "Pharmacy", cell: (row) => row.pharmacy_id },
  {
    name: "patient_pay",
    label: "Patient pays",
    cell: (row) => row.patient_pay && moneyText(row.patient_pay),
    isNumber: true,
  },
  { name: "tracking", label: "Tracking", cell: (row) => row.tracking?.number },
  { name: "id", label: "Rx", cell: (row) => <code>{row.id}</code> },
];

export const USUAL = ["drug", "status", "why", "age", "assignee"];

/** The chosen columns in their own order; the usual ones where nothing is chosen. */
export function shownColumns(chosen: string[] | undefined): Column[] {
  const wanted = chosen?.length ? chosen : USUAL;
  return COLUMNS.filter(({ name }) => wanted.includes(name));
}
