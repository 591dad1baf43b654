import { Button, Checkbox, Menu, TextInput } from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { Link } from "@tanstack/react-router";
import { act } from "../../data/acting.ts";
import { useLive } from "../../data/live.ts";
import { useChange } from "../../data/useChange.ts";
import { ActionDialog } from "../../parts/ActionDialog.tsx";
import { said } from "../../parts/said.ts";
import { useMay } from "../../session/session.ts";
import type { ListSearch } from "../search.ts";
import type { Tab } from "../tabs.ts";
import { type Filters, searchOf } from "./filters.ts";

const EVERY_MS = 60_000;

interface SavedViewsProps {
  tab: Tab;
  search: ListSearch;
  filters: Filters;
}

/** Views that were saved on the server, one's own and those of everybody, each a link. */
export function SavedViews({ tab, search, filters }: SavedViewsProps) {
  const may = useMay("save_view");
  const { data } = useLive("/api/v1/views", {}, EVERY_MS);
  const views = data?.body.items.filter((view) => view.tab === tab) ?? [];
  return (
    <>
      <Menu position="bottom-end" withinPortal={false}>
        <Menu.Target>
          <Button variant="default" size="xs">
            Views{views.length ? ` (${views.length})` : ""}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.length === 0 && <Menu.Label>None of this tab yet</Menu.Label>}
          {views.map((view) => (
            <View key={view.view_id} view={view} />
          ))}
        </Menu.Dropdown>
      </Menu>
      <ActionDialog
        offered={Boolean(may)}
        label="Save view"
        words="Tab, filters and columns are kept under a name; a shared one is everybody's."
        act={(form) =>
          act("post", "/api/v1/views", {
            body: {
              name: said(form, "name"),
              tab,
              shared: form.get("shared") === "on",
              filters: { ...filters, status: search.status ?? [] },
              columns: search.columns ?? [],
            },
          })
        }
      >
        <TextInput name="name" label="Name" required maxLength={80} />
        <Checkbox name="shared" label="For everybody" />
      </ActionDialog>
    </>
  );
}

function View({ view }: { view: Model<"SavedView"> }) {
  const change = useChange();
  const path = { view_id: view.view_id };
  return (
    <>
      <Menu.Item
        component={Link}
        to={`/work/${view.tab}`}
        search={searchOf(view.filters, view.columns) as never}
      >
        {view.name}
        {view.shared ? " (shared)" : ""}
      </Menu.Item>
      {view.mine && (
        <Menu.Item
          c="var(--mantine-color-error)"
          closeMenuOnClick={false}
          onClick={() =>
            void change.run(() =>
              act("delete", "/api/v1/views/{view_id}", { path, etag: `"v${view.version}"` }),
            )
          }
        >
          Delete “{view.name}”
        </Menu.Item>
      )}
    </>
  );
}
