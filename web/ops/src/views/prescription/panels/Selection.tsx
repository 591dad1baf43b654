import {
  Button,
  Loader,
  NativeSelect,
  Stack,
  Table,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { act } from "../../../data/acting.ts";
import { useLive } from "../../../data/live.ts";
import { useChange } from "../../../data/useChange.ts";
import { ActionDialog } from "../../../parts/ActionDialog.tsx";
import { Refusal } from "../../../parts/Refusal.tsx";
import { Section } from "../../../parts/Section.tsx";
import { Wide } from "../../../parts/Wide.tsx";
import { momentText } from "../../../parts/when.ts";
import { plainCode } from "../../../parts/words.ts";
import { useMay, useSession } from "../../../session/session.ts";
import { Trouble } from "../../../shell/Trouble.tsx";
import type { Read } from "../reading.ts";
import type { PanelProps } from "./panels.ts";
import styles from "./Selection.module.css";
import { WhyNot } from "./WhyNot.tsx";

type Routing = Model<"Routing">;
type Place = Model<"Place">;

const AT = "/api/v1/prescriptions/{prescription_id}";
const BAR_STEPS = 20;

/** The pharmacies in their order with what their points are made of, and why others are out. */
export function Selection({ read }: PanelProps) {
  const path = { prescription_id: read.rx.id };
  const { data, error } = useLive(`${AT}/routing`, { path });
  const may = useMay("select_pharmacy");
  const isOpen = may && ["awaiting_pharmacy_selection", "no_pharmacy"].includes(read.rx.status);
  return (
    <Section title="Pharmacies" aside={isOpen && <Override read={read} />}>
      {error && !data && <Trouble error={error} />}
      {!error && !data && <Loader size="sm" />}
      {data && <Ranked routing={data.body} read={read} isOpen={isOpen} />}
    </Section>
  );
}

interface RankedProps {
  routing: Routing;
  read: Read;
  isOpen: boolean;
}

function Ranked({ routing, read, isOpen }: RankedProps) {
  const change = useChange();
  const { user_id } = useSession();
  const farthest = Math.max(1, ...routing.candidates.map(({ miles }) => miles));
  const choose = (place: Place) =>
    change.run(() =>
      act("post", `${AT}/pharmacy`, {
        path: { prescription_id: read.rx.id },
        etag: read.etag,
        body: { pharmacy_id: place.pharmacy_id },
      }),
    );
  return (
    <Stack gap="sm">
      <Refusal problem={change.problem} />
      {routing.selected && (
        <Text size="sm">
          Chosen: <strong>{nameOf(routing, routing.selected)}</strong>
          {routing.selected_by
            ? ` by ${routing.selected_by === user_id ? "you" : routing.selected_by}`
            : ""}
        </Text>
      )}
      <Wide label="Ranking" minWidth={620}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>#</Table.Th>
              <Table.Th>Pharmacy</Table.Th>
              <Table.Th>Points</Table.Th>
              <Table.Th>Distance</Table.Th>
              <Table.Th>Made of</Table.Th>
              {isOpen && <Table.Th>Choice</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {routing.candidates.map((place) => (
              <Table.Tr key={place.pharmacy_id}>
                <Table.Td>{place.rank}</Table.Td>
                <Table.Td>
                  {place.name}
                  <Text size="xs" c="dimmed">
                    {place.pharmacy_id}
                  </Text>
                </Table.Td>
                <Table.Td>{place.score.toFixed(1)}</Table.Td>
                <Table.Td>
                  <Distance miles={place.miles} farthest={farthest} />
                </Table.Td>
                <Table.Td>
                  <Parts place={place} />
                </Table.Td>
                {isOpen && (
                  <Table.Td>
                    <Button
                      size="xs"
                      variant={place.rank === 1 ? "filled" : "default"}
                      loading={change.isBusy}
                      aria-label={`Choose ${place.name}`}
                      onClick={() => void choose(place)}
                    >
                      Choose
                    </Button>
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
      {routing.candidates.length === 0 && <Text size="sm">No pharmacy may fill it.</Text>}
      <Excluded routing={routing} />
      <WhyNot id={read.rx.id} />
      <Text size="xs" c="dimmed">
        Weights {routing.policy_version}; ranked {momentText(routing.ranked_at)}
      </Text>
    </Stack>
  );
}

/** How far it is, beside the farthest of the ranking. */
function Distance({ miles, farthest }: { miles: number; farthest: number }) {
  const step = Math.max(1, Math.round((miles / farthest) * BAR_STEPS));
  return (
    <div className={styles.distance}>
      <span>{miles.toFixed(1)} mi</span>
      <meter className={styles.bar} min={0} max={BAR_STEPS} value={step} aria-hidden="true" />
    </div>
  );
}

function Parts({ place }: { place: Place }) {
  return (
    <ul className={styles.parts}>
      {Object.entries(place.parts)
        .filter(([, part]) => part.weight > 0)
        .map(([name, part]) => (
          <li key={name}>
            {plainCode(name)} <strong>{part.points.toFixed(1)}</strong>
            <span className={styles.of}> of {(part.weight * 100).toFixed(0)}</span>
          </li>
        ))}
    </ul>
  );
}

function Excluded({ routing }: { routing: Routing }) {
  if (!routing.excluded.length) return null;
  return (
    <details>
      <summary>Why not: {routing.excluded.length} near the patient are out</summary>
      <ul className={styles.excluded}>
        {routing.excluded.map((place) => (
          <li key={place.pharmacy_id}>
            <strong>{place.name}</strong>: {place.reasons.map(({ words }) => words).join(" ")}
          </li>
        ))}
      </ul>
    </details>
  );
}

const REASONS = [
  { value: "patient_choice", label: "The patient's choice" },
  { value: "continuity", label: "It knows the patient" },
  { value: "availability", label: "It has the drug" },
  { value: "price", label: "Price" },
  { value: "prescriber_request", label: "The prescriber's wish" },
  { value: "other", label: "Something else" },
];

function Override({ read: { rx, etag } }: { read: Read }) {
  return (
    <ActionDialog
      label="Choose another"
      words="A pharmacy outside of the ranking needs a reason, which is audited."
      act={(form) =>
        act("post", `${AT}/pharmacy`, {
          path: { prescription_id: rx.id },
          etag,
          body: {
            pharmacy_id: String(form.get("pharmacy")).trim(),
            override_reason: String(form.get("reason")),
            override_note: String(form.get("note")).trim(),
          },
        })
      }
    >
      <TextInput name="pharmacy" label="Pharmacy id" placeholder="ph_0000000" required />
      <NativeSelect name="reason" label="Reason" data={REASONS} />
      <Textarea name="note" label="In words" required maxLength={500} />
    </ActionDialog>
  );
}

function nameOf(routing: Routing, id: string): string {
  const places: { pharmacy_id: string; name: string }[] = [
    ...routing.candidates,
    ...routing.excluded,
  ];
  return places.find(({ pharmacy_id }) => pharmacy_id === id)?.name ?? id;
}
