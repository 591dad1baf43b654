import { Button, Loader, Stack, Text, TextInput } from "@mantine/core";
import { call } from "@pharmonico/shared/api/call.ts";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Facts } from "../../../parts/Facts.tsx";
import { said } from "../../../parts/said.ts";
import { Trouble } from "../../../shell/Trouble.tsx";
import styles from "./Selection.module.css";

type Asked = Model<"WhyNot">;

const OPENED_BY: Record<Asked["opened_by"], string> = {
  nobody_needed: "It is ranked: it can be chosen as it is",
  reason: "It can be chosen with a reason",
  pharmacist: "A pharmacist can choose it, with a reason",
  nobody: "Nobody can choose it",
};

/** Why not this one: any pharmacy of the directory, as the rules see it now. */
export function WhyNot({ id }: { id: string }) {
  const [pharmacy, setPharmacy] = useState("");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setPharmacy(said(new FormData(event.currentTarget), "pharmacy"));
  };
  return (
    <details>
      <summary>Why not another one?</summary>
      <Stack gap="sm" mt="xs">
        <form onSubmit={submit} className={styles.asking}>
          <TextInput size="xs" name="pharmacy" label="Pharmacy id or NCPDP id" required />
          <Button type="submit" variant="default" size="xs">
            Ask
          </Button>
        </form>
        {pharmacy && <Answer key={pharmacy} id={id} pharmacy={pharmacy} />}
      </Stack>
    </details>
  );
}

function Answer({ id, pharmacy }: { id: string; pharmacy: string }) {
  const { data, error } = useQuery({
    queryKey: ["why not", id, pharmacy],
    queryFn: () =>
      call("get", "/api/v1/prescriptions/{prescription_id}/routing", {
        path: { prescription_id: id },
        query: { pharmacy },
      }),
  });
  if (error) return <Trouble error={error} />;
  if (!data) return <Loader size="sm" />;
  const { asked } = data;
  if (!asked) return <Text size="sm">Nothing is known of it.</Text>;
  return (
    <div role="status">
      <Facts
        facts={[
          ["Pharmacy", asked.name],
          ["Rank", asked.rank ?? "not ranked"],
          ["Points", asked.score.toFixed(1)],
          ["Distance", `${asked.miles.toFixed(1)} mi`],
          ["Taken today", `${asked.load} of ${asked.capacity}`],
          ["Choice", OPENED_BY[asked.opened_by]],
        ]}
      />
      {asked.reasons.length > 0 && (
        <ul className={styles.excluded}>
          {asked.reasons.map(({ code, words }) => (
            <li key={code}>{words}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
