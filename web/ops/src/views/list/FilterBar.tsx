import {
  Button,
  Checkbox,
  Group,
  NativeSelect,
  Pill,
  Popover,
  Stack,
  TextInput,
} from "@mantine/core";
import { type FormEvent, useState } from "react";
import { said } from "../../parts/said.ts";
import { plainCode } from "../../parts/words.ts";
import type { ListSearch, Status } from "../search.ts";

interface FilterBarProps {
  search: ListSearch;
  /** The statuses of the tab, to choose one of. */
  statuses: Status[];
  change: (changed: Partial<ListSearch>) => void;
}

/** The filters in force, each to be taken off, and a form to put others on. */
export function FilterBar({ search, statuses, change }: FilterBarProps) {
  return (
    <Group gap="xs">
      <Choosing search={search} statuses={statuses} change={change} />
      {chipsOf(search).map(({ name, words }) => (
        <Pill
          key={name}
          withRemoveButton
          onRemove={() => change({ [name]: undefined })}
          removeButtonProps={{
            "aria-label": `Take off: ${words}`,
            "aria-hidden": false,
            tabIndex: 0,
          }}
        >
          {words}
        </Pill>
      ))}
    </Group>
  );
}

interface Chip {
  name: keyof ListSearch;
  words: string;
}

function chipsOf(search: ListSearch): Chip[] {
  const chips: [keyof ListSearch, string | undefined][] = [
    ["q", search.q && `“${search.q}”`],
    ["status", search.status?.map(plainCode).join(" or ")],
    ["pharmacy", search.pharmacy],
    ["plan", search.plan],
    ["from", search.from && `from ${search.from}`],
    ["to", search.to && `to ${search.to}`],
    ["assignee", search.assignee && `assigned to ${search.assignee}`],
    ["held", search.held && "held"],
    ["sort", search.sort && "oldest first"],
  ];
  return chips.flatMap(([name, words]) => (words ? [{ name, words }] : []));
}

function Choosing({ search, statuses, change }: FilterBarProps) {
  const [isOpen, setOpen] = useState(false);
  const apply = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setOpen(false);
    const form = new FormData(event.currentTarget);
    const status = said(form, "status");
    change({
      status: status ? [status as Status] : undefined,
      pharmacy: said(form, "pharmacy") || undefined,
      plan: said(form, "plan") || undefined,
      from: said(form, "from") || undefined,
      to: said(form, "to") || undefined,
      assignee: said(form, "assignee") || undefined,
      held: form.get("held") === "on" ? true : undefined,
      sort: form.get("sort") === "on" ? "oldest" : undefined,
    });
  };
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-start"
      withinPortal={false}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button variant="default" size="xs" onClick={() => setOpen(!isOpen)}>
          Filter
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={apply}>
          <Stack gap="xs">
            <NativeSelect
              name="status"
              label="Status"
              defaultValue={search.status?.[0] ?? ""}
              data={[
                { value: "", label: "Any of these" },
                ...statuses.map((status) => ({ value: status, label: plainCode(status) })),
              ]}
            />
            <TextInput name="pharmacy" label="Pharmacy id" defaultValue={search.pharmacy ?? ""} />
            <TextInput name="plan" label="Plan (BIN-PCN)" defaultValue={search.plan ?? ""} />
            <Group gap="xs" grow>
              <TextInput name="from" type="date" label="From" defaultValue={search.from ?? ""} />
              <TextInput name="to" type="date" label="To" defaultValue={search.to ?? ""} />
            </Group>
            <TextInput name="assignee" label="Assigned to" defaultValue={search.assignee ?? ""} />
            <Checkbox name="held" label="Held ones only" defaultChecked={search.held ?? false} />
            <Checkbox name="sort" label="Oldest first" defaultChecked={search.sort === "oldest"} />
            <Button type="submit" size="xs">
              Apply
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
