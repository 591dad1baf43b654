import { Anchor, Button, Kbd, Menu, Text, useMantineColorScheme } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useRouter, useRouterState } from "@tanstack/react-router";
import { useCallback, useEffect, useState } from "react";
import { fetchAhead } from "../data/ahead.ts";
import { Keeper } from "../session/Keeper.tsx";
import { type SignedIn, sessionOptions, signOut } from "../session/session.ts";
import { Help } from "./Help.tsx";
import { Navigation } from "./Navigation.tsx";
import { QuickFind } from "./QuickFind.tsx";
import styles from "./Shell.module.css";
import { Silence } from "./Silence.tsx";
import { useShortcutSwitch, useShortcuts } from "./shortcuts.ts";

/*
 * The top is a section: a dialog's head is a header, and a page has one of those.
 */

/** The frame of every view: the tabs with what waits behind them, and who is signed in. */
export function Shell() {
  const { data: session } = useQuery(sessionOptions);
  const navigate = useNavigate();
  const place = useRouterState({ select: (state) => state.location.href });
  const isOver = session === null;
  useEffect(() => {
    const isAway = place.startsWith("/sign-in");
    if (isOver && !isAway) {
      void navigate({ to: "/sign-in", search: { back: place }, replace: true });
    }
  }, [isOver, navigate, place]);
  if (isOver) return null;
  return session ? <Frame session={session} /> : <Waiting />;
}

/** As the page stood before the script came, until it is known who looks. */
function Waiting() {
  return (
    <div className="waiting">
      <img src="/icon.svg" alt="" width="24" height="24" /> Pharmonico
    </div>
  );
}

function Frame({ session }: { session: SignedIn }) {
  const [open, setOpen] = useState<"find" | "help" | null>(null);
  const [isOn, turn] = useShortcutSwitch();
  const find = useCallback(() => setOpen("find"), []);
  const help = useCallback(() => setOpen("help"), []);
  const close = useCallback(() => setOpen(null), []);
  useShortcuts(isOn, { find, help });
  useAhead();
  return (
    <div className={styles.frame}>
      <Anchor className={styles.skip} href="#main">
        Skip to content
      </Anchor>
      <section className={styles.header} aria-label="Site">
        <Link to="/" className={styles.brand}>
          <img src="/icon.svg" alt="" width="24" height="24" />{" "}
          <span className={styles.name}>Pharmonico</span>
        </Link>
        <Button variant="default" size="xs" className={styles.find} onClick={find}>
          Find anything <Kbd className={styles.keys}>Ctrl K</Kbd>
        </Button>
        <User session={session} isOn={isOn} turn={turn} help={help} />
      </section>
      <Navigation />
      <main id="main" className={styles.main} tabIndex={-1}>
        <Outlet />
      </main>
      <Keeper />
      <Silence />
      <QuickFind isOpen={open === "find"} close={close} />
      <Help isOpen={open === "help"} close={close} />
    </div>
  );
}

const AHEAD_MS = 3_000;

/** Views and dialogs nobody has come to are fetched in time: they open while nobody answers. */
function useAhead() {
  const router = useRouter();
  useEffect(() => {
    const timer = setTimeout(() => void fetchAhead(router), AHEAD_MS);
    return () => clearTimeout(timer);
  }, [router]);
}

interface UserProps {
  session: SignedIn;
  isOn: boolean;
  turn: (isOn: boolean) => void;
  help: () => void;
}

const SCHEMES = [
  { scheme: "auto", label: "Colours as the system has them" },
  { scheme: "light", label: "Light" },
  { scheme: "dark", label: "Dark" },
] as const;

function User({ session, isOn, turn, help }: UserProps) {
  const queries = useQueryClient();
  // Stopping transitions for the moment of the change would write a style sheet at run time.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <Button variant="default" size="xs" className={styles.user}>
          <span className={styles.who}>{session.username}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="xs">{session.username}</Text>
          <Text size="xs">{session.roles.join(", ") || "no role"}</Text>
        </Menu.Label>
        {SCHEMES.map(({ scheme, label }) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={scheme === colorScheme}
            onClick={() => setColorScheme(scheme)}
            rightSection={scheme === colorScheme ? "✓" : null}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => turn(!isOn)}>
          {isOn ? "Switch keyboard shortcuts off" : "Switch keyboard shortcuts on"}
        </Menu.Item>
        <Menu.Item onClick={help}>Keyboard shortcuts</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut(queries)}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
