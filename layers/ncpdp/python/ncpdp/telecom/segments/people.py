"""Who is asked for: patient (01), pharmacy provider (02), prescriber (03), insurance (04)."""

from __future__ import annotations

from dataclasses import dataclass

from ncpdp.telecom import parts as d0
from ncpdp.telecom.parts import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient(Part):
    """The patient; gender 1 male, 2 female."""

    id_qualifier: str | None = d0.text("CX", 2)
    id: str | None = d0.text("CY", 20)
    date_of_birth: str | None = d0.day("C4")
    gender: str | None = d0.text("C5", 1, table="gender")
    first_name: str | None = d0.text("CA", 12)
    last_name: str | None = d0.text("CB", 15)
    street: str | None = d0.text("CM", 30)
    city: str | None = d0.text("CN", 20)
    state: str | None = d0.text("CO", 2)
    postal_code: str | None = d0.text("CP", 15)
    telephone: str | None = d0.text("CQ", 10)
    place_of_service: str | None = d0.text("C7", 2)
    employer_id: str | None = d0.text("CZ", 15)
    pregnancy: str | None = d0.text("2C", 1)
    email: str | None = d0.text("HN", 80)
    residence: str | None = d0.text("4X", 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider(Part):
    """The pharmacist or other person who provides the service."""

    id_qualifier: str | None = d0.text("EY", 2)
    id: str | None = d0.text("E9", 15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescriber(Part):
    """The prescriber; qualifier 01 is an NPI, 12 a DEA number."""

    id_qualifier: str | None = d0.text("EZ", 2, table="prescriber_qualifier")
    id: str | None = d0.text("DB", 15)
    last_name: str | None = d0.text("DR", 15)
    telephone: str | None = d0.text("PM", 10)
    primary_care_id_qualifier: str | None = d0.text("2E", 2)
    primary_care_id: str | None = d0.text("DL", 15)
    primary_care_last_name: str | None = d0.text("4E", 15)
    first_name: str | None = d0.text("2J", 12)
    street: str | None = d0.text("2K", 30)
    city: str | None = d0.text("2M", 20)
    state: str | None = d0.text("2N", 2)
    postal_code: str | None = d0.text("2P", 15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Insurance(Part):
    """The coverage; relationship 1 is the cardholder."""

    cardholder_id: str | None = d0.text("C2", 20)
    cardholder_first_name: str | None = d0.text("CC", 12)
    cardholder_last_name: str | None = d0.text("CD", 15)
    home_plan: str | None = d0.text("CE", 3)
    plan_id: str | None = d0.text("FO", 8)
    eligibility_clarification: str | None = d0.text("C9", 1)
    group_id: str | None = d0.text("C1", 15)
    person_code: str | None = d0.text("C3", 3)
    relationship: str | None = d0.text("C6", 1, table="relationship")
    other_payer_bin: str | None = d0.text("MG", 6)
    other_payer_pcn: str | None = d0.text("MH", 10)
    other_payer_cardholder_id: str | None = d0.text("NU", 20)
    other_payer_group_id: str | None = d0.text("MJ", 15)
    medigap_id: str | None = d0.text("2A", 20)
    medicaid_indicator: str | None = d0.text("2B", 2)
    accepts_assignment: str | None = d0.text("2D", 1)
    part_d_facility: str | None = d0.text("G2", 1)
    medicaid_id: str | None = d0.text("N5", 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkersCompensation(Part):
    """The injury, the employer and where the bill goes (06)."""

    date_of_injury: str | None = d0.day("DY")
    employer_name: str | None = d0.text("CF", 30)
    employer_street: str | None = d0.text("CG", 30)
    employer_city: str | None = d0.text("CH", 20)
    employer_state: str | None = d0.text("CI", 2)
    employer_postal_code: str | None = d0.text("CJ", 15)
    employer_telephone: str | None = d0.text("CK", 10)
    employer_contact: str | None = d0.text("CL", 30)
    carrier_id: str | None = d0.text("CR", 10)
    claim_reference: str | None = d0.text("DZ", 30)
    billing_entity: str | None = d0.text("TR", 2)
    pay_to_qualifier: str | None = d0.text("TS", 2)
    pay_to_id: str | None = d0.text("TT", 15)
    pay_to_name: str | None = d0.text("TU", 20)
    pay_to_street: str | None = d0.text("TV", 30)
    pay_to_city: str | None = d0.text("TW", 20)
    pay_to_state: str | None = d0.text("TX", 2)
    pay_to_postal_code: str | None = d0.text("TY", 15)
    generic_product_qualifier: str | None = d0.text("TZ", 2)
    generic_product_id: str | None = d0.text("UA", 19)


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityOfCare(Part):
    """Where the patient is cared for (15)."""

    id: str | None = d0.text("8C", 10)
    name: str | None = d0.text("3Q", 30)
    street: str | None = d0.text("3U", 30)
    city: str | None = d0.text("5J", 20)
    state: str | None = d0.text("3V", 2)
    postal_code: str | None = d0.text("6D", 15)
