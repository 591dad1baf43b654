import type { ComponentType } from "react";
import type { Detail, Read } from "../reading.ts";
import { Findings } from "./Findings.tsx";

export interface PanelProps {
  read: Read;
}

interface Named {
  name: string;
  /** Whether there is anything to see in it. */
  isDue: (rx: Detail) => boolean;
  Panel: ComponentType<PanelProps>;
}

/** What each stage has for people, in the order of a prescription's way. */
const PANELS: readonly Named[] = [
  { name: "findings", isDue: (rx) => Boolean(rx.documents.validation?.length), Panel: Findings },
];

export const panelsOf = (rx: Detail): Named[] => PANELS.filter(({ isDue }) => isDue(rx));
