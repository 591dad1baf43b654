"""What a payer says: message (20), status (21), claim (22), DUR (24), PA (26), patient (29)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ncpdp.telecom import parts as d0
from ncpdp.telecom.parts import Part

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TransmissionMessage(Part):
    text: str | None = d0.text("F4", 200)


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectEntry(Part):
    """A reject code, and which occurrence of a repeating field it is about."""

    code: str | None = d0.text("FB", 3, table="reject")
    occurrence: str | None = d0.text("4F", 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionalMessage(Part):
    """Words of the payer; continuity `+` says that the next entry goes on."""

    qualifier: str | None = d0.text("UH", 2)
    text: str | None = d0.text("FQ", 40)
    continuity: str | None = d0.text("UG", 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimStatus(Part):
    """The verdict on one transaction."""

    status: str | None = d0.text("AN", 1, table="status")
    authorization_number: str | None = d0.text("F3", 20)
    rejects: tuple[RejectEntry, ...] = d0.counted(RejectEntry, "FA", digits=2, items_max=5)
    approved_count: int | None = d0.number("5F", 1)
    approved_messages: tuple[str, ...] = d0.many("6F", 3)
    messages: tuple[AdditionalMessage, ...] = d0.counted(
        AdditionalMessage, "UF", digits=2, items_max=25
    )
    help_desk_qualifier: str | None = d0.text("7F", 2)
    help_desk_telephone: str | None = d0.text("8F", 18)
    transaction_reference: str | None = d0.text("K5", 10)
    control_number: str | None = d0.text("A7", 30)
    url: str | None = d0.text("MA", 255)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreferredProduct(Part):
    qualifier: str | None = d0.text("AP", 2)
    id: str | None = d0.text("AR", 19)
    incentive_minor: int | None = d0.money("AS")
    cost_share_minor: int | None = d0.money("AT")
    description: str | None = d0.text("AU", 40)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimReference(Part):
    """Which prescription the answer is about, and what the plan would rather pay for."""

    reference_qualifier: str | None = d0.text("EM", 1, table="reference_qualifier")
    rx_number: str | None = d0.text("D2", 12)
    preferred_products: tuple[PreferredProduct, ...] = d0.counted(
        PreferredProduct, "9F", items_max=6
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert(Part):
    """One finding of the payer's drug-use review; significance 1 major to 3 minor."""

    reason: str | None = d0.text("E4", 2, table="dur_reason")
    significance: str | None = d0.text("FS", 1, table="significance")
    other_pharmacy: str | None = d0.text("FT", 1, table="other_pharmacy")
    previous_fill: str | None = d0.day("FU")
    quantity: Decimal | None = d0.quantity("FV")
    database: str | None = d0.text("FW", 1)
    other_prescriber: str | None = d0.text("FX", 1, table="other_prescriber")
    text: str | None = d0.text("FY", 30)
    additional_text: str | None = d0.text("NS", 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts(Part):
    alerts: tuple[Alert, ...] = d0.numbered(Alert, "J6")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDetails(Part):
    """The coverage as the payer knows it (25)."""

    group_id: str | None = d0.text("C1", 15)
    plan_id: str | None = d0.text("FO", 8)
    network_id: str | None = d0.text("2F", 10)
    payer_qualifier: str | None = d0.text("J7", 2)
    payer_id: str | None = d0.text("J8", 10)
    medicaid_id: str | None = d0.text("N5", 20)
    medicaid_agency: str | None = d0.text("N6", 15)
    cardholder_id: str | None = d0.text("C2", 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorized(Part):
    """A decision on a prior authorization (26)."""

    processed: str | None = d0.day("PR")
    begins: str | None = d0.day("PS")
    ends: str | None = d0.day("PT")
    quantity: Decimal | None = d0.quantity("RA")
    amount_minor: int | None = d0.money("RB")
    refills: int | None = d0.number("PW", 2)
    quantity_used: Decimal | None = d0.quantity("PX")
    assigned_number: str | None = d0.text("PY", 11)


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicareDetails(Part):
    """Medicare Part D facts that an eligibility answer may carry (27)."""

    coverage_code: str | None = d0.text("UR", 1)
    subsidy_level: str | None = d0.text("UQ", 1)
    contract_number: str | None = d0.text("U1", 5)
    formulary_id: str | None = d0.text("FF", 10)
    benefit_id: str | None = d0.text("U6", 10)
    next_begins: str | None = d0.day("US")
    next_ends: str | None = d0.day("UT")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPayer(Part):
    """Another coverage of the patient that this payer knows of."""

    coverage_type: str | None = d0.text("5C", 2)
    id_qualifier: str | None = d0.text("6C", 2)
    id: str | None = d0.text("7C", 10)
    pcn: str | None = d0.text("MH", 10)
    cardholder_id: str | None = d0.text("NU", 20)
    group_id: str | None = d0.text("MJ", 15)
    person_code: str | None = d0.text("UV", 3)
    help_desk_telephone: str | None = d0.text("UB", 18)
    relationship: str | None = d0.text("UW", 1, table="relationship")
    begins: str | None = d0.day("UX")
    ends: str | None = d0.day("UY")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPayers(Part):
    payers: tuple[KnownPayer, ...] = d0.counted(KnownPayer, "NT")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPatient(Part):
    """The patient as the payer knows them (29)."""

    first_name: str | None = d0.text("CA", 12)
    last_name: str | None = d0.text("CB", 15)
    date_of_birth: str | None = d0.day("C4")
