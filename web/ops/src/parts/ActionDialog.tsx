import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useChange } from "../data/useChange.ts";
import { Refusal } from "./Refusal.tsx";

interface ActionDialogProps {
  /** The button that opens it, and the dialog's title. */
  label: string;
  /** What will happen, in a sentence. */
  words: string;
  /** Why it cannot be done now; the button then says so instead of opening. */
  because?: string | null;
  danger?: boolean;
  children?: ReactNode;
  /** Carry it out with what the form holds. */
  act: (form: FormData) => Promise<unknown>;
}

/** A change that asks before it is made; a refusal leaves what was typed in place. */
export function ActionDialog({ label, words, because, danger, children, act }: ActionDialogProps) {
  const [isOpen, setOpen] = useState(false);
  const change = useChange();
  const close = () => {
    setOpen(false);
    change.forget();
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (await change.run(() => act(form))) close();
  };
  return (
    <>
      <Button
        variant="default"
        size="xs"
        aria-disabled={because ? true : undefined}
        title={because ?? undefined}
        data-disabled={because ? true : undefined}
        onClick={() => !because && setOpen(true)}
      >
        {label}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={label}
        transitionProps={{ duration: 0 }}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <form onSubmit={submit}>
          <Stack gap="sm">
            <Text size="sm">{words}</Text>
            {children}
            <Refusal problem={change.problem} />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                Not now
              </Button>
              <Button type="submit" color={danger ? "red" : undefined} loading={change.isBusy}>
                {label}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
