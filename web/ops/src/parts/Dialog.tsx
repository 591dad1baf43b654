import { lazy, type ReactNode, Suspense } from "react";

export interface DialogProps {
  title: string;
  close: () => void;
  size?: "md" | "lg";
  withCloseButton?: boolean;
  children: ReactNode;
}

// Most views are read without any dialog: what draws one is fetched with the first.
const Drawn = lazy(() => import("./Modal.tsx"));

/** A dialog while it is there; opening and closing is the caller's. */
export function Dialog(props: DialogProps) {
  return (
    <Suspense fallback={null}>
      <Drawn {...props} />
    </Suspense>
  );
}
