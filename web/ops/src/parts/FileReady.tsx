import { Anchor, Text } from "@mantine/core";
import { Dialog } from "./Dialog.tsx";

interface FileReadyProps {
  title: string;
  /** What the link is called; it is good for some minutes. */
  label: string;
  url: string;
  close: () => void;
}

/** A file behind a link to press: a window that opens by itself is what browsers keep shut. */
export function FileReady({ title, label, url, close }: FileReadyProps) {
  return (
    <Dialog title={title} close={close}>
      <Text size="sm" mb="sm">
        The link is good for a few minutes, for you alone.
      </Text>
      <Anchor href={url} target="_blank" rel="noopener noreferrer" size="sm" data-autofocus>
        {label}
      </Anchor>
    </Dialog>
  );
}
