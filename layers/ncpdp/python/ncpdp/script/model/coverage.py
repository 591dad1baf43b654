"""What the message says about who pays."""

from __future__ import annotations

from dataclasses import dataclass

from ncpdp.codes import PATIENT_RELATIONSHIP, PAYER_RESPONSIBILITY
from ncpdp.script.fields import leaf, part
from ncpdp.script.model.contact import Address, Contact, Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefits:
    """One BenefitsCoordination: responsibility P primary, S secondary, T tertiary, U unknown;
    patient relationship 1 self, 2 spouse, 3 child, 4 other."""

    payer_id: str | None = leaf("PayerIdentification/PayerID")
    pcn: str | None = leaf("PayerIdentification/ProcessorIdentificationNumber", length_max=10)
    naic_code: str | None = leaf("PayerIdentification/NAICCode")
    mutually_defined: str | None = leaf("PayerIdentification/MutuallyDefined")
    health_plan_id: str | None = leaf("PayerIdentification/StandardUniqueHealthPlanIdentifier")
    bin: str | None = leaf("PayerIdentification/IINNumber", "PayerIdentification/BINLocationNumber")
    payer_name: str | None = leaf("PayerName", length_max=70)
    cardholder_id: str | None = leaf("CardholderID")
    cardholder_name: Name | None = part(Name, "CardHolderName")
    group_id: str | None = leaf("GroupID")
    payer_responsibility_code: str | None = leaf(
        "PayerResponsibilityCode", codes=PAYER_RESPONSIBILITY
    )
    patient_relationship: str | None = leaf(
        "PatientRelationship", "PatientRelationshipCode", codes=PATIENT_RELATIONSHIP
    )
    person_code: str | None = leaf("PersonCode")
    group_name: str | None = leaf("GroupName")
    address: Address | None = part(Address, "Address")
    contact: Contact | None = part(Contact, "CommunicationNumbers")
    pbm_member_id: str | None = leaf("PBMMemberID")
    responsible_party: Name | None = part(Name, "ResponsibleParty")
    payer_type: str | None = leaf("PayerType")
