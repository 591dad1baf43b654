import { Modal } from "@mantine/core";
import { useEffect } from "react";
import type { DialogProps } from "./Dialog.tsx";

/** What a dialog is drawn with; the focus goes back where it came from. */
export default function Drawn({ close, children, ...rest }: DialogProps) {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <Modal
      opened
      onClose={close}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ "aria-label": "Close" }}
      {...rest}
    >
      {children}
    </Modal>
  );
}
