import { Problem } from "@pharmonico/shared/api/problem.ts";
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useWords } from "../words/words.tsx";
import { Broken } from "./Guard.tsx";

type Load = () => Promise<ComponentType>;

const loads: Load[] = [];

/** A page whose script is fetched when somebody comes to it, or ahead of that. */
export function late(load: Load): ComponentType {
  let kept: ComponentType | null = null;
  const fetched: Load = async () => {
    kept = await load();
    return kept;
  };
  loads.push(fetched);
  return function Late() {
    const { t } = useWords();
    const [Page, setPage] = useState<ComponentType | null>(() => kept);
    const [isBroken, setBroken] = useState(false);
    const show = (found: ComponentType) => setPage(() => found);
    useEffect(() => {
      if (!Page) fetched().then(show, () => setBroken(true));
    }, []);
    if (Page) return <Page />;
    if (isBroken)
      return <Broken problem={new Problem(0)} again={() => fetched().then(show, anew)} />;
    return (
      <p class="note loading" role="status">
        {t("busy")}
      </p>
    );
  };
}

/** Fetch what may be gone to next, so that a dead spot on the way keeps nobody from a page. */
export function fetchAhead(): void {
  for (const load of loads) load().catch(() => {}); // asked for again by whoever comes there
}

/** A browser may keep a failed script as failed, and a release takes its old scripts along. */
function anew(): void {
  if (navigator.onLine) location.reload();
}
