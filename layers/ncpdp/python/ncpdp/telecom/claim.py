"""The parts of a claim as a pharmacy knows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from ncpdp.telecom.parts import Part


COMPOUND_NDC = "0"
"""What stands in place of the NDC of a compound, whose ingredients have theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where a claim goes and who sends it; `provider_id` is the pharmacy's NPI."""

    bin: str
    pcn: str
    provider_id: str
    date_of_service: str
    vendor_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """The insured and the patient; dates are CCYYMMDD, relationship 1 is the cardholder."""

    cardholder_id: str
    group_id: str = ""
    person_code: str = ""
    relationship: str = ""
    first_name: str = ""
    last_name: str = ""
    date_of_birth: str = ""
    gender: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DurAnswer:
    """A pharmacist's answer to reject 88: reason (E4), service (E5), result (E6), effort (8E)."""

    reason: str
    service: str
    result: str
    effort: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPayer:
    """A payer billed before: coverage type 01 primary…, id with qualifier 03 (BIN), its date, what
    it paid in all (qualifier 07 is the drug benefit) or why not, and what it left to the patient
    (qualifier 06); money in minor units."""

    coverage_type: str = "01"
    id: str
    date: str
    patient_responsibility_minor: int | None = None
    paid_minor: int | None = None
    paid_qualifier: str = "07"
    rejects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One prescription to be billed; money in minor units, the NDC with 11 digits, or
    0 for a compound.

    `more` carries further typed segments of the transaction: a coupon, a compound, a prior
    authorization, documents, a facility or a narrative.
    """

    rx_number: str
    ndc: str
    fill_number: int = 0
    quantity: Decimal
    days_supply: int
    daw: str = "0"
    date_written: str
    refills: int = 0
    origin: str = "3"
    prescriber_npi: str
    prescriber_last_name: str = ""
    ingredient_minor: int
    fee_minor: int = 0
    usual_and_customary_minor: int = 0
    gross_due_minor: int | None = None
    basis: str = "01"
    clarification: str = ""
    other_coverage: str = ""
    prior_authorization_type: str = ""
    prior_authorization_number: str = ""
    dur: tuple[DurAnswer, ...] = ()
    other_payers: tuple[OtherPayer, ...] = ()
    diagnosis: str = ""
    more: tuple[Part, ...] = ()
