"""What people put right in a prescription that was held."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from pharmonico.fulfillment.documents import FROZEN, Document

CORRECTIONS_MAX = 99
CHANGES_MAX = 20
Correctable = Literal[
    "prescriber.npi",
    "prescriber.dea_number",
    "prescriber.state_license_number",
    "prescriber.contact.primary_telephone.number",
    "prescriber.contact.fax.number",
    "pharmacy.npi",
    "pharmacy.ncpdp_id",
    "patient.name.last_name",
    "patient.name.first_name",
    "patient.name.middle_name",
    "patient.name.suffix",
    "patient.date_of_birth",
    "patient.gender",
    "patient.address.line1",
    "patient.address.line2",
    "patient.address.city",
    "patient.address.state",
    "patient.address.postal_code",
    "patient.contact.primary_telephone.number",
    "patient.contact.email",
]
"""Identifiers, demographics and contacts, as the message's JSON form names them. Nothing of the
drug is among them: that changes by the prescriber's word alone."""


class Change(BaseModel):
    """One field put right; an empty value takes it out."""

    model_config = FROZEN

    field: Correctable
    value: str = Field(max_length=80, pattern=r"^[\x20-\x7e]*$")


class Corrected(BaseModel):
    """What stood there, and what stands there now."""

    model_config = FROZEN

    field: str
    before: str | None
    after: str | None


class Correction(Document):
    """One correction; the bytes of the message stay what they were."""

    kind: ClassVar[str] = "correction"
    changes: tuple[Corrected, ...]
    note: str
    by: str
    role: str
    at: datetime
    codes_before: tuple[str, ...]
    codes_after: tuple[str, ...]
