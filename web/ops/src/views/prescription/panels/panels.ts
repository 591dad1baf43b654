import type { ComponentType } from "react";
import type { Detail, Read } from "../reading.ts";
import { Claims } from "./Claims.tsx";
import { Dispense } from "./Dispense.tsx";
import { Enrollment } from "./Enrollment.tsx";
import { Findings } from "./Findings.tsx";
import { Payment } from "./Payment.tsx";
import { Selection } from "./Selection.tsx";
import { Shipping } from "./Shipping.tsx";

export interface PanelProps {
  read: Read;
}

interface Named {
  name: string;
  /** Whether there is anything to see in it. */
  isDue: (rx: Detail) => boolean;
  Panel: ComponentType<PanelProps>;
}

const has = (rx: Detail, ...kinds: (keyof Detail["documents"])[]): boolean =>
  kinds.some((kind) => Boolean(rx.documents[kind]?.length));

/** What each stage has for people, the newest stage first: that is where somebody looks. */
const PANELS: readonly Named[] = [
  { name: "shipping", isDue: (rx) => has(rx, "shipment", "parcel_decision"), Panel: Shipping },
  {
    name: "dispense",
    isDue: (rx) => rx.status === "awaiting_dispense" || has(rx, "dispensing", "refusal", "restock"),
    Panel: Dispense,
  },
  { name: "payment", isDue: (rx) => has(rx, "payment"), Panel: Payment },
  { name: "claims", isDue: (rx) => has(rx, "claim", "billing"), Panel: Claims },
  { name: "selection", isDue: (rx) => has(rx, "ranking"), Panel: Selection },
  {
    name: "enrollment",
    isDue: (rx) => rx.status === "validated" || has(rx, "enrollment"),
    Panel: Enrollment,
  },
  { name: "findings", isDue: (rx) => has(rx, "validation"), Panel: Findings },
];

export const panelsOf = (rx: Detail): Named[] => PANELS.filter(({ isDue }) => isDue(rx));
