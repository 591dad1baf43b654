import styles from "./Raw.module.css";

/** Text as it is; what is longer than its box is scrolled, by keyboard too. */
export function Raw({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls takes the focus, by WCAG 2.1.1
    <pre className={styles.raw} tabIndex={0}>
      {text}
    </pre>
  );
}
