import type { AnyRouter } from "@tanstack/react-router";

/** Fetch the scripts of what has not been looked at yet; what fails is asked for when it is due. */
export async function fetchAhead(router: AnyRouter): Promise<void> {
  const views = Object.values(router.routesById).map((route) =>
    route.options.component?.preload?.(),
  );
  const parts = [import("../parts/Modal.tsx"), import("../views/list/Beside.tsx")];
  await Promise.allSettled([...views, ...parts]);
}
