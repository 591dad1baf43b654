import { Problem } from "@pharmonico/shared/api/problem.ts";
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useWords } from "../words/words.tsx";
import { AGAIN_MS, Broken } from "./Guard.tsx";
import { Page } from "./Page.tsx";

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
    const [Found, setFound] = useState<ComponentType | null>(() => kept);
    const [isBroken, setBroken] = useState(false);
    const show = (found: ComponentType) => setFound(() => found);
    const again = () => void fetched().then(show, anew);
    useEffect(() => {
      if (!Found) fetched().then(show, () => setBroken(true));
    }, []);
    useEffect(() => {
      const timer = isBroken && !Found ? setInterval(again, AGAIN_MS) : undefined;
      return () => clearInterval(timer);
    }, [isBroken, Found]);
    if (Found) return <Found />;
    if (isBroken) {
      return (
        <Page title={t("summary.title")}>
          <Broken problem={new Problem(0)} again={again} />
        </Page>
      );
    }
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

/**
 * A browser may keep a failed script as failed, and a release takes its old scripts along: where
 * the site answers, the page is asked for anew.
 */
async function anew(): Promise<void> {
  const answer = await fetch("/", { cache: "no-store" }).catch(() => null);
  if (answer?.ok) location.reload();
}
