import { Alert, Button, List, Stack, Text } from "@mantine/core";
import { call } from "@pharmonico/shared/api/call.ts";
import type { Model } from "@pharmonico/shared/api/types.ts";
import { useState } from "react";
import { useChange } from "../../data/useChange.ts";
import { Refusal } from "../../parts/Refusal.tsx";
import { Section } from "../../parts/Section.tsx";
import { momentText } from "../../parts/when.ts";

type Proof = Model<"AuditApiProof">;

/** What the pages of the proof say together. */
export interface Proven {
  digests: number;
  chains: number;
  findings: Proof["findings"];
  sealedUntil: string | null;
  isWhole: boolean;
}

const NOTHING: Proven = { digests: 0, chains: 0, findings: [], sealedUntil: null, isWhole: false };

export function withPage(before: Proven, page: Proof): Proven {
  return {
    digests: before.digests + page.digests,
    chains: before.chains + page.chains,
    findings: [...before.findings, ...page.findings],
    sealedUntil: page.sealed_until ?? before.sealedUntil,
    isWhole: !page.next_cursor,
  };
}

/** Every digest and every chain gone through, page by page; green only when all of it was. */
export function Chain() {
  const [proven, prove] = useState<Proven | null>(null);
  const change = useChange();
  const verify = () =>
    change.run(async () => {
      let seen = NOTHING;
      let cursor: string | undefined;
      do {
        const query = cursor ? { cursor } : {};
        const page: Proof = await call("get", "/api/v1/audit/verify", { query });
        seen = withPage(seen, page);
        prove(seen);
        cursor = page.next_cursor ?? undefined;
      } while (cursor);
    });
  return (
    <Section
      title="Seals"
      aside={
        <Button size="xs" variant="default" loading={change.isBusy} onClick={() => void verify()}>
          Verify now
        </Button>
      }
    >
      <Stack gap="sm" role="status">
        <Refusal problem={change.problem} />
        {proven ? (
          <Said proven={proven} />
        ) : (
          <Text size="sm">
            Every entry is sealed onto the one before, and each hour’s chains onto a signed digest.
            Verifying goes through all of them.
          </Text>
        )}
      </Stack>
    </Section>
  );
}

function Said({ proven }: { proven: Proven }) {
  const { digests, chains, findings, sealedUntil, isWhole } = proven;
  const isBroken = findings.length > 0;
  const title = isBroken
    ? `${findings.length} findings: the audit was changed`
    : isWhole
      ? "The audit is whole"
      : "Whole so far, still going through it";
  // The first digest comes with the end of the first hour: until then nothing was gone through.
  const isYoung = isWhole && !isBroken && digests === 0;
  return (
    <Alert color={isBroken ? "red" : isYoung ? "blue" : "green"} title={title}>
      <Text size="sm">
        {isYoung
          ? "There is no digest yet: the first one is signed when this hour is over. Until then every entry holds by its own seal."
          : `${chains} chains and ${digests} digests checked${sealedUntil ? `, sealed until ${momentText(sealedUntil)}` : ""}.`}
      </Text>
      {isBroken && (
        <List size="sm">
          {findings.map((found) => (
            <List.Item key={`${found.where} ${found.place} ${found.fault}`}>
              <code>{found.where}</code> {found.place !== null && `at ${found.place}`}:{" "}
              {found.fault}
            </List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
