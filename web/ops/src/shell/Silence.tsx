import { useSilence } from "../data/reach.ts";
import styles from "./Shell.module.css";

const TIME = new Intl.DateTimeFormat("en-US", { hour: "numeric", minute: "2-digit" });

/** Said for as long as nobody answers; it lies over the foot of the page, so nothing moves. */
export function Silence() {
  const since = useSilence();
  return (
    <div role="status">
      {since && (
        <p className={styles.silence}>
          <strong>The service cannot be reached.</strong> What you see is as of {TIME.format(since)}
          , and what you typed stays. It is asked again by itself.
        </p>
      )}
    </div>
  );
}
