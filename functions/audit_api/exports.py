"""Entries as a file: lines of JSON, the last one our signature."""

from datetime import datetime
from typing import Annotated

from pharmonico.adapters import audit_signing, audit_vault, aws
from pharmonico.fulfillment.audit.exporting import LINK_TTL_S, export
from pharmonico.fulfillment.audit.searching import Wanted
from pharmonico.lambdas.http import Action, Body
from pydantic import BaseModel, ConfigDict, Field

from functions.audit_api.api import TAG, api, audited, must_be_names, span
from functions.audit_api.entries import chains_of


class ExportOrder(BaseModel):
    """What the file shall hold; all that is given has to fit."""

    model_config = ConfigDict(extra="forbid")

    since: Annotated[datetime | None, Field(alias="from")] = None
    until: Annotated[datetime | None, Field(alias="to")] = None
    actor: Annotated[str, Field(max_length=128)] = ""
    action: Annotated[str, Field(max_length=128)] = ""
    patient: Annotated[str, Field(max_length=128)] = ""


class ExportMade(BaseModel):
    """Where the file is; the link holds for `expires_in_s`, the file for a week."""

    export_id: str
    entries: int
    url: str
    expires_in_s: int = LINK_TTL_S


@api.post("/api/v1/audit/exports", Action.EXPORT_AUDIT, idempotent=True, status=201, tag=TAG)
def export_audit(asked: Annotated[ExportOrder, Body()]) -> ExportMade:
    """Write a signed file of entries, and link to it."""
    must_be_names(asked.patient)
    start, end = span(asked.since, asked.until)
    chains = chains_of(asked.patient) if asked.patient else ()
    made = export(
        Wanted(start, end, asked.actor, asked.action, chains=chains, is_by_hours=not chains),
        trail=aws.audit_trail(),
        vault=audit_vault.vault(),
        signer=audit_signing.signer(),
        clock=aws.CLOCK,
    )
    audited(
        "audit_downloaded",
        asked.patient,
        export=made.export_id,
        entries=str(made.entries),
        actor=asked.actor,
        action=asked.action,
    )
    return ExportMade(export_id=made.export_id, entries=made.entries, url=made.url)
