import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { act } from "../../data/acting.ts";
import { ActionDialog } from "../../parts/ActionDialog.tsx";
import { said } from "../../parts/said.ts";
import { plainCode } from "../../parts/words.ts";
import styles from "./Webhooks.module.css";
import { EVENTS, type EventType } from "./words.ts";

const WHOSE = [
  { value: "client_id", label: "A provider's client" },
  { value: "labeler", label: "A manufacturer" },
];

/** Ops register an endpoint for a provider's client, or for the maker of a drug. */
export function Registering({ tell }: { tell: (made: Model<"EndpointSecret">) => void }) {
  return (
    <ActionDialog
      label="Add an endpoint"
      words="Signed messages without any PHI go there, of the events you choose. The signing secret is shown once."
      act={async (form) =>
        tell(await act("post", "/api/v1/webhooks/endpoints", { body: askedOf(form) }))
      }
    >
      <TextInput
        name="url"
        type="url"
        label="URL"
        placeholder="https://clinic.example/hooks"
        maxLength={500}
        required
      />
      <NativeSelect name="whose" label="Whose it is" data={WHOSE} />
      <TextInput
        name="name"
        label="Client id, or labeler code (five digits)"
        maxLength={64}
        required
      />
      <TextInput name="description" label="Description (optional)" maxLength={100} />
      <fieldset className={styles.checks}>
        <legend>Events</legend>
        {EVENTS.map((event) => (
          <Checkbox
            key={event}
            name="events"
            value={event}
            label={plainCode(event)}
            defaultChecked
          />
        ))}
      </fieldset>
    </ActionDialog>
  );
}

export function askedOf(form: FormData): Model<"EndpointRequest"> {
  const whose = said(form, "whose") === "labeler" ? "labeler" : "client_id";
  return {
    url: said(form, "url"),
    events: form.getAll("events").map(String) as EventType[],
    description: said(form, "description"),
    [whose]: said(form, "name"),
  };
}
