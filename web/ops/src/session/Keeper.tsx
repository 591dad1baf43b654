import { Button, Group, Text } from "@mantine/core";
import { call } from "@pharmonico/shared/api/call.ts";
import { Problem } from "@pharmonico/shared/api/problem.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Dialog } from "../parts/Dialog.tsx";
import { spanText } from "../parts/words.ts";
import { type Heard, keepingOf, leftOf } from "./keeping.ts";
import { SESSION_KEY, type SignedIn, signOut } from "./session.ts";

const EVERY_MS = 10_000;
const ACTS = ["pointerdown", "keydown"] as const;

/** Keeps the session of somebody who works, and warns somebody who does not before it ends. */
export function Keeper() {
  const queries = useQueryClient();
  const workedAt = useRef(0);
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    const work = () => {
      workedAt.current = Date.now();
    };
    const look = async () => {
      const heard = heardOf(queries.getQueryState<SignedIn | null>(SESSION_KEY));
      if (!heard) return;
      const keeping = keepingOf(heard, workedAt.current, Date.now());
      if (keeping === "renew") await ask(queries, "renew");
      // Another tab may have renewed it since.
      if (keeping === "warn" || keeping === "over") await ask(queries, "look");
      const now = heardOf(queries.getQueryState<SignedIn | null>(SESSION_KEY));
      const isEnding = now && keepingOf(now, workedAt.current, Date.now()) === "warn";
      setLeft(isEnding ? leftOf(now, Date.now()) : null);
    };
    for (const act of ACTS) addEventListener(act, work, { passive: true });
    const timer = setInterval(() => void look(), EVERY_MS);
    return () => {
      clearInterval(timer);
      for (const act of ACTS) removeEventListener(act, work);
    };
  }, [queries]);
  const stay = async () => {
    await ask(queries, "renew");
    setLeft(null);
  };
  if (left === null) return null;
  return (
    <Dialog title="You will be signed out soon" close={() => void stay()} withCloseButton={false}>
      <Text size="sm" mb="md">
        For safety a session ends when nobody works, and at the latest twelve hours after it began.
        This one ends in {spanText(left)}. What you typed here stays if you go on now.
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => void signOut(queries)}>
          Sign out
        </Button>
        <Button data-autofocus onClick={() => void stay()}>
          Stay signed in
        </Button>
      </Group>
    </Dialog>
  );
}

type State = { data?: SignedIn | null | undefined; dataUpdatedAt: number } | undefined;

function heardOf(state: State): Heard | null {
  return state?.data ? { ...state.data, heardAt: state.dataUpdatedAt } : null;
}

/** Hear of the session anew; only its end is news, silence is asked again at the next look. */
async function ask(queries: ReturnType<typeof useQueryClient>, how: "look" | "renew") {
  try {
    const session =
      how === "renew"
        ? await call("post", "/api/v1/session/renew")
        : await call("get", "/api/v1/session");
    queries.setQueryData(SESSION_KEY, session);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.endsSession) queries.setQueryData(SESSION_KEY, null);
  }
}
