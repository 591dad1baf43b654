import { useState } from "react";
import { act } from "../../data/acting.ts";
import { ActionDialog } from "../../parts/ActionDialog.tsx";
import { FileReady } from "../../parts/FileReady.tsx";
import { useMay } from "../../session/session.ts";
import type { AuditSearch } from "../search.ts";
import { spanOf } from "./span.ts";

/** What is shown as a file, its last line our signature. */
export function Exporting({ search }: { search: AuditSearch }) {
  const may = useMay("export_audit");
  const [url, setUrl] = useState("");
  const { actor = "", action = "", patient = "" } = search;
  return (
    <>
      <ActionDialog
        label="Export"
        words="The entries of this time, actor, action and patient as a signed file; the export is itself audited."
        offered={may}
        act={async () => {
          const body = { ...spanOf(search), actor, action, patient };
          setUrl((await act("post", "/api/v1/audit/exports", { body })).url);
        }}
      />
      {url && (
        <FileReady
          title="The export is ready"
          label="Download the signed file"
          url={url}
          close={() => setUrl("")}
        />
      )}
    </>
  );
}
