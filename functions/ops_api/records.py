"""`GET /api/v1/prescriptions/{id}/consent-record`: the signed consents as a PDF."""

from pharmonico.adapters import aws
from pharmonico.fulfillment.enrollment.signing import record_link
from pharmonico.lambdas.http import Action
from pydantic import BaseModel

from functions.ops_api.api import api, audited, within_reach


class RecordAddress(BaseModel):
    """Where the PDF can be read until the address expires; hold the file against `sha256`."""

    url: str
    expires_in_s: int
    sha256: str


@api.get(
    "/api/v1/prescriptions/<prescription_id>/consent-record",
    Action.READ_DOCUMENT,
    tag="enrollment",
)
def read_consent_record(prescription_id: str) -> RecordAddress:
    """What the patient signed, as it was written after the submission."""
    order = within_reach(prescription_id)
    link = record_link(order.id, orders=aws.orders(), records=aws.records())
    audited("consent_record_read", order.id)
    return RecordAddress(url=link.url, expires_in_s=link.expires_in_s, sha256=link.sha256)
