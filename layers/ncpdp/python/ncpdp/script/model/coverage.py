"""What the message says about who pays."""

from __future__ import annotations

from dataclasses import dataclass

from ncpdp.script.fields import leaf, part
from ncpdp.script.model.contact import Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefits:
    """One BenefitsCoordination: responsibility P primary, S secondary, T tertiary, U unknown;
    patient relationship 1 self, 2 spouse, 3 child, 4 other."""

    payer_id: str | None = leaf("PayerIdentification/PayerID")
    pcn: str | None = leaf("PayerIdentification/ProcessorIdentificationNumber", length_max=10)
    bin: str | None = leaf("PayerIdentification/IINNumber", "PayerIdentification/BINLocationNumber")
    payer_name: str | None = leaf("PayerName", length_max=70)
    cardholder_id: str | None = leaf("CardholderID")
    cardholder_name: Name | None = part(Name, "CardHolderName")
    group_id: str | None = leaf("GroupID")
    payer_responsibility_code: str | None = leaf("PayerResponsibilityCode")
    patient_relationship: str | None = leaf("PatientRelationship")
    person_code: str | None = leaf("PersonCode")
    group_name: str | None = leaf("GroupName")
