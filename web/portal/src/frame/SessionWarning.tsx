import { Problem } from "@pharmonico/shared/api/problem.ts";
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { useSession } from "../session.tsx";
import { useWords } from "../words/words.tsx";

const WARN_S = 120;

/** A word two minutes before the session ends, and the page that says it is over. */
export function SessionWarning() {
  const { t } = useWords();
  const session = useSession();
  const { route } = useLocation();
  const [isSoon, setSoon] = useState(false);
  const { progress, since, forget } = session;
  const idleS = progress?.session.idle_s ?? 0;
  useEffect(() => {
    setSoon(false);
    if (!since) return;
    const end = () => {
      forget();
      route("/ended", true);
    };
    const timers = [
      setTimeout(() => setSoon(true), Math.max(0, idleS - WARN_S) * 1000),
      setTimeout(end, idleS * 1000),
    ];
    return () => timers.forEach(clearTimeout);
  }, [since, idleS, forget, route]);
  if (!isSoon || !progress) return <div role="alert" />;
  // At its absolute end a session cannot be made longer.
  const isLast = progress.session.absolute_s <= idleS;
  const stay = async () => {
    try {
      await session.load();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.endsSession) route("/ended", true);
    }
  };
  return (
    <div role="alert">
      <div class="banner">
        <p>{t(isLast ? "session.last" : "session.soon")}</p>
        {!isLast && (
          <button type="button" onClick={stay}>
            {t("session.stay")}
          </button>
        )}
      </div>
    </div>
  );
}
