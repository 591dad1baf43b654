import { Link, type LinkProps, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { COUNTS_EVERY_MS, useLive } from "../data/live.ts";
import { type May, useSession } from "../session/session.ts";
import { TABS } from "../views/tabs.ts";
import styles from "./Shell.module.css";

interface Place {
  to: LinkProps["to"];
  label: string;
  may: May;
}

/** What is beside the day's work; nothing is offered that the roles do not allow. */
const PLACES: readonly Place[] = [
  { to: "/people", label: "Maybe one person", may: "read_patients" },
  { to: "/webhooks", label: "Webhooks", may: "read_webhooks" },
  { to: "/audit", label: "Audit", may: "verify_audit" },
  { to: "/system", label: "Health", may: "read_metrics" },
];

const ACTIVE = { className: styles.active, "aria-current": "page" } as const;

/** Where the work is, with what waits behind each tab. */
export function Navigation() {
  const { may } = useSession();
  const nav = useRef<HTMLElement>(null);
  const place = useRouterState({ select: ({ location }) => location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place is another current link
  useEffect(() => {
    const current = nav.current?.querySelector("[aria-current]");
    current?.scrollIntoView?.({ block: "nearest", inline: "center" });
  }, [place]);
  return (
    <nav ref={nav} className={styles.nav} aria-label="Work">
      {may.includes("list_work") && <Tabs />}
      <hr className={styles.line} />
      {PLACES.filter((place) => may.includes(place.may)).map(({ to, label }) => (
        <Link key={label} to={to} className={styles.tab} activeProps={ACTIVE}>
          {label}
        </Link>
      ))}
    </nav>
  );
}

function Tabs() {
  const { data } = useLive("/api/v1/counts", {}, COUNTS_EVERY_MS);
  return TABS.map(({ tab, label }) => {
    const counted = data?.body.tabs.find((each) => each.tab === tab);
    return (
      <Link
        key={tab}
        to="/work/$tab"
        params={{ tab }}
        className={styles.tab}
        activeProps={ACTIVE}
        activeOptions={{ includeSearch: false }}
      >
        {label}
        <span className={styles.count} data-some={Boolean(counted?.count) || undefined}>
          {counted ? `${counted.count}${counted.more ? "+" : ""}` : "–"}
        </span>
      </Link>
    );
  });
}
