"""The consents: what the page shows, and the record of what was signed."""

from typing import Annotated, Literal

from pharmonico.adapters import aws
from pharmonico.fulfillment.enrollment.consents import consents
from pharmonico.fulfillment.enrollment.enroll import find_enrollment
from pharmonico.fulfillment.enrollment.signing import record_link
from pharmonico.lambdas.http import Action, Query
from pydantic import BaseModel

from functions.portal_api.api import ENROLLMENT, TAG, admitted, api, audited


class ConsentShown(BaseModel):
    """One consent; send `id`, `version` and `text_hash` back as an agreement."""

    id: str
    version: str
    title: str
    text: str
    text_hash: str


class ConsentList(BaseModel):
    """What has to be agreed to, in the order to show it."""

    language: Literal["en", "es"]
    consents: list[ConsentShown]


class RecordAddress(BaseModel):
    """Where the PDF can be read until the address expires; hold the file against `sha256`."""

    url: str
    expires_in_s: int
    sha256: str


@api.get(f"{ENROLLMENT}/consents", Action.READ_ENROLLMENT, tag=TAG)
def read_consents(
    *,
    language: Annotated[
        Literal["en", "es"] | None, Query(description="the patient's own where it is left out")
    ] = None,
) -> ConsentList:
    """The consents as they are asked for now, all of them required."""
    _, enrollment = find_enrollment(admitted().order_id, orders=aws.orders())
    chosen = language or enrollment.language
    shown = [
        ConsentShown(
            id=each.id,
            version=each.version,
            title=each.title,
            text=each.text,
            text_hash=each.text_hash,
        )
        for each in consents(chosen)
    ]
    return ConsentList(language=chosen, consents=shown)


@api.get(f"{ENROLLMENT}/record", Action.READ_ENROLLMENT, tag=TAG)
def read_record() -> RecordAddress:
    """The signed record as a PDF, after the code; ready some seconds after the submission."""
    session = admitted(phi=True)
    link = record_link(session.order_id, orders=aws.orders(), records=aws.records())
    audited("consent_record_read", session)
    return RecordAddress(url=link.url, expires_in_s=link.expires_in_s, sha256=link.sha256)
