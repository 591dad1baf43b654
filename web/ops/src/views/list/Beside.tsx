import { Anchor, CloseButton, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { Prescription } from "../prescription/Prescription.tsx";
import type { Shown } from "../prescription/shown.ts";
import styles from "./ListView.module.css";

interface BesideProps {
  id: string;
  shown: Shown;
  show: (shown: Shown) => void;
  close: () => void;
}

/** A prescription beside the list it was opened from; Escape closes it. */
export function Beside({ id, shown, show, close }: BesideProps) {
  const place = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another prescription takes the focus too
  useEffect(() => place.current?.focus(), [id]);
  return (
    <aside
      ref={place}
      className={styles.beside}
      aria-label="Prescription"
      tabIndex={-1}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      <Group justify="space-between" mb="sm">
        <Anchor component={Link} to="/prescriptions/$id" params={{ id } as never} size="sm">
          Open on a page of its own
        </Anchor>
        <CloseButton aria-label="Close the prescription" onClick={close} />
      </Group>
      <Prescription id={id} shown={shown} show={show} />
    </aside>
  );
}
