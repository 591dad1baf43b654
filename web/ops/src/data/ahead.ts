import { Problem } from "@pharmonico/shared/api/problem.ts";
import type { AnyRouter } from "@tanstack/react-router";

/** Fetch the scripts of what has not been looked at yet; what fails is asked for when it is due. */
export async function fetchAhead(router: AnyRouter): Promise<void> {
  const views = Object.values(router.routesById).map((route) =>
    route.options.component?.preload?.(),
  );
  const parts = [import("../parts/Modal.tsx"), import("../views/list/Beside.tsx")];
  await Promise.allSettled([...views, ...parts]);
}

/**
 * The same script, where the site answers at all. Where nobody does, that is what is told: the
 * router would take it for the script of an older release and load the page anew, out of nothing.
 */
export function reached<T>(load: () => Promise<T>): () => Promise<T> {
  return async () => {
    try {
      return await load();
    } catch (error) {
      const answer = await fetch("/", { cache: "no-store" }).catch(() => null);
      throw answer?.ok ? error : new Problem(0);
    }
  };
}
