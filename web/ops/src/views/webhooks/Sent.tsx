import { List, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { act } from "../../data/acting.ts";
import { ActionDialog } from "../../parts/ActionDialog.tsx";
import { Facts } from "../../parts/Facts.tsx";
import { Raw } from "../../parts/Raw.tsx";
import { momentText } from "../../parts/when.ts";
import { plainCode } from "../../parts/words.ts";
import { useMay } from "../../session/session.ts";
import { bodyText, type Delivery, type Endpoint } from "./words.ts";

const AT = "/api/v1/webhooks/endpoints/{endpoint_id}/deliveries/{message_id}/replay";

/** One message: every try with what the receiver said, and what was sent. */
export function Sent({ endpoint, delivery }: { endpoint: Endpoint; delivery: Delivery }) {
  const may = useMay("manage_webhooks");
  const path = { endpoint_id: endpoint.endpoint_id, message_id: delivery.message_id };
  const { prescription_id: rx, attempts } = delivery;
  return (
    <Stack gap="sm">
      <Facts
        isWide
        facts={[
          ["Message", <code key="id">{delivery.message_id}</code>],
          [
            "Prescription",
            rx && (
              <Link to="/prescriptions/$id" params={{ id: rx }}>
                {rx}
              </Link>
            ),
          ],
        ]}
      />
      {attempts.length > 0 ? (
        <List size="sm" aria-label="Tries">
          {attempts.map((attempt) => (
            <List.Item key={attempt.at}>
              {momentText(attempt.at)}: {answerText(attempt)} in {attempt.took_ms} ms
            </List.Item>
          ))}
        </List>
      ) : (
        <Text size="sm">It was not tried yet.</Text>
      )}
      <Raw text={bodyText(delivery.body)} />
      <ActionDialog
        label="Send again"
        words="The same message goes out again, under the same id."
        offered={may}
        because={endpoint.status === "active" ? null : "Resume the endpoint first."}
        act={() => act("post", AT, { path })}
      />
    </Stack>
  );
}

function answerText({ status, problem }: Delivery["attempts"][number]): string {
  return status ? `HTTP ${status}` : plainCode(problem ?? "no_answer");
}
