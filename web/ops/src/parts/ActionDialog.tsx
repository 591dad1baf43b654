import { Button, Group, Stack, Text } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useChange } from "../data/useChange.ts";
import { Dialog } from "./Dialog.tsx";
import { Refusal } from "./Refusal.tsx";

interface ActionDialogProps {
  /** The button that opens it, and the dialog's title. */
  label: string;
  /** What will happen, in a sentence. */
  words: string;
  /** Why it cannot be done now; the button then says so instead of opening. */
  because?: string | null;
  /** False hides the button; a dialog that is open stays, with what was typed. */
  offered?: boolean | undefined;
  danger?: boolean;
  /** `lg` for what asks a lot. */
  size?: "md" | "lg";
  children?: ReactNode;
  /** Carry it out with what the form holds. */
  act: (form: FormData) => Promise<unknown>;
}

/**
 * A change that asks before it is made. It is decided upon what stood there when the dialog was
 * opened, so that a change by somebody else in between is refused; a refusal leaves what was typed
 * in place, and the next press is decided upon what stands there now.
 */
export function ActionDialog(props: ActionDialogProps) {
  const { label, words, because, offered = true, danger, size = "md", children, act } = props;
  const [decided, decide] = useState<ActionDialogProps["act"] | null>(null);
  const change = useChange();
  const isOpen = decided !== null;
  const open = () => decide(() => act);
  const close = () => {
    decide(null);
    change.forget();
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const carried = change.problem?.status === 412 ? act : (decided ?? act);
    if (await change.run(() => carried(form))) close();
  };
  if (!offered && !isOpen) return null;
  return (
    <>
      {offered && (
        <Button
          variant="default"
          size="xs"
          w="fit-content"
          aria-disabled={because ? true : undefined}
          aria-description={because ?? undefined}
          title={because ?? undefined}
          data-disabled={because ? true : undefined}
          onClick={() => !because && open()}
        >
          {label}
        </Button>
      )}
      {isOpen && (
        <Dialog title={label} close={close} size={size}>
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
        </Dialog>
      )}
    </>
  );
}
