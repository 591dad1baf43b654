import { Anchor, Badge, Button, Menu, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import { COUNTS_EVERY_MS, useLive } from "../data/live.ts";
import { type SignedIn, sessionOptions, signOut } from "../session/session.ts";
import { TABS } from "../views/tabs.ts";
import styles from "./Shell.module.css";

/** The frame of every view: the tabs with what waits behind them, and who is signed in. */
export function Shell() {
  const { data: session } = useQuery(sessionOptions);
  const navigate = useNavigate();
  const place = useRouterState({ select: (state) => state.location.href });
  const isOver = session === null;
  useEffect(() => {
    if (isOver) void navigate({ to: "/sign-in", search: { back: place }, replace: true });
  }, [isOver, navigate, place]);
  if (!session) return null;
  return (
    <div className={styles.frame}>
      <Anchor className={styles.skip} href="#main">
        Skip to content
      </Anchor>
      <header className={styles.header}>
        <Link to="/" className={styles.brand}>
          <img src="/icon.svg" alt="" width="24" height="24" /> Pharmonico
        </Link>
        <User session={session} />
      </header>
      <Tabs />
      <main id="main" className={styles.main} tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}

function Tabs() {
  const { data } = useLive("/api/v1/counts", {}, COUNTS_EVERY_MS);
  return (
    <nav className={styles.tabs} aria-label="Work">
      {TABS.map(({ tab, label }) => {
        const counted = data?.body.tabs.find((each) => each.tab === tab);
        return (
          <Link
            key={tab}
            to="/work/$tab"
            params={{ tab }}
            className={styles.tab}
            activeProps={{ className: styles.active, "aria-current": "page" }}
            activeOptions={{ includeSearch: false }}
          >
            {label}
            <Badge className={styles.count} color="gray" variant="light" size="sm" radius="sm">
              {counted ? `${counted.count}${counted.more ? "+" : ""}` : "–"}
            </Badge>
          </Link>
        );
      })}
    </nav>
  );
}

function User({ session }: { session: SignedIn }) {
  const queries = useQueryClient();
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <Button variant="default" size="xs">
          {session.username}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="xs">{session.roles.join(", ") || "no role"}</Text>
        </Menu.Label>
        <Menu.Item onClick={() => void signOut(queries)}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
