import { Button, Stack, Text, Textarea } from "@mantine/core";
import type { FormEvent } from "react";
import { act } from "../../data/acting.ts";
import { useChange } from "../../data/useChange.ts";
import { Refusal } from "../../parts/Refusal.tsx";
import { Section } from "../../parts/Section.tsx";
import { momentText } from "../../parts/when.ts";
import { useMay } from "../../session/session.ts";
import styles from "./Prescription.module.css";
import { type Detail, papers } from "./reading.ts";

/** What people wrote for each other, newest first; what is written stays. */
export function Notes({ rx }: { rx: Detail }) {
  const notes = papers(rx, "note").toReversed();
  const may = useMay("write_note");
  return (
    <Section title="Notes">
      <Stack gap="sm">
        {may && <Writing id={rx.id} />}
        {notes.length === 0 && <Text size="sm">Nobody has written anything yet.</Text>}
        {notes.map((note) => (
          <article key={note.key} className={styles.note}>
            {note.text}
            <div className={styles.detail}>
              {note.role} {note.by}, {momentText(note.at)}
            </div>
          </article>
        ))}
      </Stack>
    </Section>
  );
}

function Writing({ id }: { id: string }) {
  const change = useChange();
  const write = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = String(new FormData(form).get("text")).trim();
    const path = { prescription_id: id };
    const isKept = await change.run(() =>
      act("post", "/api/v1/prescriptions/{prescription_id}/notes", { path, body: { text } }),
    );
    if (isKept) form.reset();
  };
  return (
    <form onSubmit={write}>
      <Stack gap="xs" align="start">
        <Textarea name="text" label="New note" required maxLength={2000} rows={3} w="100%" />
        <Refusal problem={change.problem} />
        <Button type="submit" size="xs" loading={change.isBusy}>
          Keep the note
        </Button>
      </Stack>
    </form>
  );
}
