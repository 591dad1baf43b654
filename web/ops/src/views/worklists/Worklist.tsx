import { Loader } from "@mantine/core";
import { lazy, Suspense } from "react";
import { useMay } from "../../session/session.ts";
import type { Tab } from "../tabs.ts";

interface WorklistProps {
  tab: Tab;
  open: (id: string) => void;
}

const Failures = lazy(async () => ({
  default: (await import("../failures/Failures.tsx")).Failures,
}));
const Rejections = lazy(async () => ({ default: (await import("./Rejections.tsx")).Rejections }));
const ToDispense = lazy(async () => ({ default: (await import("./ToDispense.tsx")).ToDispense }));
const Parcels = lazy(async () => ({ default: (await import("./Parcels.tsx")).Parcels }));

/** What a tab has for people beyond its list: claims with their next step, parcels in trouble. */
export function Worklist({ tab, open }: WorklistProps) {
  const may = {
    claims: useMay("read_claims"),
    dispense: useMay("dispense_prescription"),
    shipments: useMay("read_shipments"),
  };
  return (
    <Suspense fallback={<Loader size="sm" />}>
      {tab === "failures" && <Failures />}
      {tab === "adjudication" && may.claims && <Rejections open={open} />}
      {tab === "dispensing" && may.dispense && <ToDispense open={open} />}
      {tab === "shipping" && may.shipments && <Parcels open={open} />}
    </Suspense>
  );
}
