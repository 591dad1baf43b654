import { Kbd, Table } from "@mantine/core";
import { Dialog } from "../parts/Dialog.tsx";
import { SHORTCUTS } from "./shortcuts.ts";

/** The keys and what they do. */
export function Help({ isOpen, close }: { isOpen: boolean; close: () => void }) {
  if (!isOpen) return null;
  return (
    <Dialog title="Keyboard shortcuts" close={close}>
      <Table verticalSpacing={4}>
        <Table.Tbody>
          {SHORTCUTS.map(([keys, what]) => (
            <Table.Tr key={keys}>
              <Table.Th scope="row">
                <Kbd>{keys}</Kbd>
              </Table.Th>
              <Table.Td>{what}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Dialog>
  );
}
