"""People who are named beside the main ones; few messages have them."""

from __future__ import annotations

from dataclasses import dataclass

from ncpdp.script.fields import leaf, part
from ncpdp.script.model.contact import Address, Contact, Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Pharmacist:
    state_license_number: str | None = leaf("Identification/StateLicenseNumber")
    npi: str | None = leaf("Identification/NPI")
    name: Name | None = part(Name, "Name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Who sends on behalf of the prescriber."""

    name: Name | None = part(Name, "Name")
    former_name: Name | None = part(Name, "FormerName")


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternateContact:
    """Whom to call for the patient, and how they are related."""

    name: Name | None = part(Name, "Name")
    former_name: Name | None = part(Name, "FormerName")
    address: Address | None = part(Address, "Address")
    contact: Contact | None = part(Contact, "CommunicationNumbers")
    relationship: str | None = leaf("AlternateContactRelationship")
