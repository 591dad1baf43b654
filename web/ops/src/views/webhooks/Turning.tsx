import { NativeSelect } from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { useState } from "react";
import { act } from "../../data/acting.ts";
import { ActionDialog } from "../../parts/ActionDialog.tsx";
import { Acts } from "../../parts/Acts.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { said } from "../../parts/said.ts";
import { useMay } from "../../session/session.ts";
import type { Endpoint } from "./words.ts";

const AT = "/api/v1/webhooks/endpoints/{endpoint_id}";
const HOUR_MS = 3_600_000;

interface TurningProps {
  endpoint: Endpoint;
  tell: (made: Model<"EndpointSecret">) => void;
}

/** What may be done with an endpoint. */
export function Turning({ endpoint, tell }: TurningProps) {
  const may = useMay("manage_webhooks");
  const path = { endpoint_id: endpoint.endpoint_id };
  const isActive = endpoint.status === "active";
  const resting = isActive ? null : "Resume it first: it is told of nothing.";
  if (!may) return null;
  return (
    <Acts label="Endpoint">
      <ActionDialog
        label="Send a test"
        words="A signed message goes out that is about nothing."
        because={resting}
        act={() => act("post", `${AT}/test`, { path })}
      />
      <SendingAgain endpoint={endpoint} because={resting} />
      <ActionDialog
        label="Pause"
        words="What happens from now on is held back; nothing is lost."
        offered={isActive}
        act={() => act("post", `${AT}/pause`, { path })}
      />
      <ActionDialog
        label="Resume"
        words="It is told again from now on. What was held is sent by “Send missed ones”."
        offered={!isActive}
        act={() => act("post", `${AT}/resume`, { path })}
      />
      <ActionDialog
        label="Rotate the secret"
        words="A new secret signs from now on, and is shown once. For 24 hours the present one signs beside it; one from before ends at once."
        danger
        act={async () => tell(await act("post", `${AT}/rotate`, { path }))}
      />
      <ActionDialog
        label="Remove"
        words="Nothing is sent there any more, and what was not delivered yet is dropped with it."
        danger
        act={() => act("delete", AT, { path })}
      />
    </Acts>
  );
}

/** Everything that failed or was held within some hours, and then how much that was. */
function SendingAgain({ endpoint, because }: { endpoint: Endpoint; because: string | null }) {
  const [done, setDone] = useState<Model<"ReplayView"> | null>(null);
  const path = { endpoint_id: endpoint.endpoint_id };
  return (
    <>
      <ActionDialog
        label="Send missed ones"
        words="Whatever failed or was held goes out again, at most 100 at once, each under the id it has."
        because={because}
        act={async (form) => {
          const since = new Date(Date.now() - Number(said(form, "hours")) * HOUR_MS);
          const body = { since: since.toISOString(), statuses: STATUSES };
          setDone(await act("post", `${AT}/replay`, { path, body }));
        }}
      >
        <NativeSelect name="hours" label="Of the last" data={SPANS} />
      </ActionDialog>
      {done && (
        <Dialog title="Sent again" close={() => setDone(null)}>
          {done.queued === 0
            ? "Nothing had failed or was held."
            : `${done.queued} are on their way.`}
          {done.more && " There are more: press it again when these are through."}
        </Dialog>
      )}
    </>
  );
}

const STATUSES: ("failed" | "held")[] = ["failed", "held"];
const SPANS = [
  { value: "1", label: "hour" },
  { value: "24", label: "day" },
  { value: "168", label: "week" },
  { value: "720", label: "30 days" },
];
