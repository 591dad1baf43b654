import { Loader, NativeSelect, Text } from "@mantine/core";
import { call } from "@pharmonico/shared/api/call.ts";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { useQuery } from "@tanstack/react-query";
import { act } from "../../data/acting.ts";
import { ActionDialog } from "../../parts/ActionDialog.tsx";
import { useMay } from "../../session/session.ts";
import { Trouble } from "../../shell/Trouble.tsx";
import { HOURS, wishesOf } from "./wished.ts";

const AT = "/api/v1/patients/{patient_id}/messages";

const CHANNELS = [
  { value: "email", label: "By e-mail" },
  { value: "sms", label: "By text message" },
  { value: "both", label: "By both" },
];
const LANGUAGES = [
  { value: "", label: "As they enrolled" },
  { value: "en", label: "English" },
  { value: "es", label: "Spanish" },
];

/** How the patient wants to hear from us, as they say it on the phone. */
export function Wishes({ patient }: { patient: string }) {
  const may = useMay("save_message_wishes");
  return (
    <ActionDialog
      label="Note how to reach them"
      words="It holds for every prescription of this patient."
      offered={may}
      act={(form) => act("put", AT, { path: { patient_id: patient }, body: wishesOf(form) })}
    >
      <Known patient={patient} />
    </ActionDialog>
  );
}

/** Reading it is audited, so it is read with the dialog. */
function Known({ patient }: { patient: string }) {
  const { data, error } = useQuery({
    queryKey: ["wishes", patient],
    queryFn: () => call("get", AT, { path: { patient_id: patient } }),
    gcTime: 0,
  });
  if (error) return <Trouble error={error} />;
  if (!data) return <Loader size="sm" />;
  return <Fields said={data} />;
}

function Fields({ said }: { said: Model<"Said"> }) {
  return (
    <>
      <NativeSelect name="channels" label="How" data={CHANNELS} defaultValue={said.channels} />
      <NativeSelect
        name="language"
        label="Language"
        data={LANGUAGES}
        defaultValue={said.language ?? ""}
      />
      <Text size="sm">
        The phone is silent between these hours; the same twice is the usual night.
      </Text>
      <NativeSelect
        name="begin"
        label="Silent from"
        data={HOURS}
        defaultValue={String(said.quiet?.begin ?? 0)}
      />
      <NativeSelect
        name="end"
        label="Silent until"
        data={HOURS}
        defaultValue={String(said.quiet?.end ?? 0)}
      />
    </>
  );
}
