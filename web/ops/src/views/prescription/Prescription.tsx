import { Group, Loader, Stack, Text, Title } from "@mantine/core";
import { useEffect } from "react";
import { useLive } from "../../data/live.ts";
import { About } from "../../parts/Refusal.tsx";
import { StatusBadge } from "../../parts/StatusBadge.tsx";
import { plainCode } from "../../parts/words.ts";
import { Trouble } from "../../shell/Trouble.tsx";
import { Actions } from "./Actions.tsx";
import { Messages } from "./Messages.tsx";
import { Notes } from "./Notes.tsx";
import { Overview } from "./Overview.tsx";
import styles from "./Prescription.module.css";
import { isDetail, type Read } from "./reading.ts";
import { SECTIONS, type SectionName, type Shown } from "./shown.ts";
import { Timeline } from "./Timeline.tsx";

interface PrescriptionProps {
  id: string;
  shown: Shown;
  show: (shown: Shown) => void;
}

const LABELS: Record<SectionName, string> = {
  overview: "Overview",
  timeline: "Timeline",
  messages: "Messages",
  notes: "Notes",
};

/** Everything about one prescription, live; on a page of its own or beside a list. */
export function Prescription({ id, shown, show }: PrescriptionProps) {
  const path = { prescription_id: id };
  const { data, error } = useLive("/api/v1/prescriptions/{prescription_id}", { path });
  const found = data && isDetail(data.body) ? { rx: data.body, etag: data.etag } : null;
  const title = found?.rx.patient_name;
  useEffect(() => {
    if (title) document.title = `${title} - Pharmonico ops`;
  }, [title]);
  if (error && !found) return <Trouble error={error} />;
  if (!found) return <Loader size="sm" />;
  const section = shown.section ?? "overview";
  return (
    <About value={id}>
      <Stack gap="md">
        <Heading read={found} />
        <Actions read={found} />
        <nav className={styles.sections} aria-label="Parts of the prescription">
          {SECTIONS.map((name) => (
            <button
              key={name}
              type="button"
              className={styles.section}
              aria-current={name === section ? "true" : undefined}
              onClick={() => show({ ...shown, section: name === "overview" ? undefined : name })}
            >
              {LABELS[name]}
            </button>
          ))}
        </nav>
        {section === "overview" && <Overview read={found} />}
        {section === "timeline" && <Timeline rx={found.rx} shown={shown} show={show} />}
        {section === "messages" && <Messages rx={found.rx} shown={shown} show={show} />}
        {section === "notes" && <Notes rx={found.rx} />}
      </Stack>
    </About>
  );
}

function Heading({ read: { rx } }: { read: Read }) {
  return (
    <div>
      <Group gap="sm">
        <Title order={1} size="h3">
          {rx.patient_name}
        </Title>
        <StatusBadge status={rx.status} />
        {rx.hold && <Text size="sm">Held: {plainCode(rx.hold.reason).toLowerCase()}</Text>}
      </Group>
      <Text size="sm" c="dimmed">
        {rx.drug} · <span className={styles.id}>{rx.id}</span>
      </Text>
    </div>
  );
}
