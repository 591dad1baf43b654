import { Button, Checkbox, Popover, Stack } from "@mantine/core";
import { COLUMNS, shownColumns } from "./rowColumns.tsx";

interface ColumnsProps {
  chosen: string[] | undefined;
  choose: (columns: string[]) => void;
}

/** Which columns stand beside the patient; kept in the address, and with a saved view. */
export function Columns({ chosen, choose }: ColumnsProps) {
  const shown = shownColumns(chosen).map(({ name }) => name);
  const toggle = (name: string) =>
    choose(shown.includes(name) ? shown.filter((each) => each !== name) : [...shown, name]);
  return (
    <Popover position="bottom-end" withinPortal={false} trapFocus>
      <Popover.Target>
        <Button variant="default" size="xs">
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={6}>
          {COLUMNS.map(({ name, label }) => (
            <Checkbox
              key={name}
              label={label}
              checked={shown.includes(name)}
              onChange={() => toggle(name)}
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
