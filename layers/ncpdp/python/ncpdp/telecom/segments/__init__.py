"""The segments of D.0 as typed parts: `typed(segment)` reads one, `segment_of(part)` builds it.

01 Patient · 02 Provider · 03 Prescriber · 04 Insurance · 05 OtherPayers
06 WorkersCompensation · 07 Dispensing · 08 DrugUseReview · 09 Coupon · 10 Compound
11 Price · 12 PriorAuthorization · 13 Clinical · 14 Documentation · 15 FacilityOfCare
16 Narrative · 20 TransmissionMessage · 21 ClaimStatus · 22 ClaimReference · 23 Payment
24 Alerts · 25 PlanDetails · 26 Authorized · 27 MedicareDetails · 28 KnownPayers
29 KnownPatient
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp.errors import InvalidValue
from ncpdp.telecom.model import Segment
from ncpdp.telecom.reading import build_fields, read_part
from ncpdp.telecom.segments.answering import (
    AdditionalMessage,
    Alert,
    Alerts,
    Authorized,
    ClaimReference,
    ClaimStatus,
    KnownPatient,
    KnownPayer,
    KnownPayers,
    MedicareDetails,
    PlanDetails,
    PreferredProduct,
    RejectEntry,
    TransmissionMessage,
)
from ncpdp.telecom.segments.claiming import (
    BenefitStage,
    Clarification,
    Compound,
    Coupon,
    Dispensing,
    DrugUseReview,
    DurEntry,
    Ingredient,
    IngredientModifier,
    OtherAmount,
    OtherPayers,
    PaidByOther,
    PatientShare,
    PayerBefore,
    Price,
    ProcedureModifier,
    RejectedByOther,
)
from ncpdp.telecom.segments.clinical import (
    Clinical,
    DiagnosisEntry,
    Documentation,
    Measurement,
    Narrative,
    PriorAuthorization,
    Question,
)
from ncpdp.telecom.segments.paying import OtherAmountPaid, Payment
from ncpdp.telecom.segments.people import (
    FacilityOfCare,
    Insurance,
    Patient,
    Prescriber,
    Provider,
    WorkersCompensation,
)

if TYPE_CHECKING:
    from ncpdp.telecom.parts import Part

SEGMENTS: dict[str, type[Part]] = {
    "01": Patient,
    "02": Provider,
    "03": Prescriber,
    "04": Insurance,
    "05": OtherPayers,
    "06": WorkersCompensation,
    "07": Dispensing,
    "08": DrugUseReview,
    "09": Coupon,
    "10": Compound,
    "11": Price,
    "12": PriorAuthorization,
    "13": Clinical,
    "14": Documentation,
    "15": FacilityOfCare,
    "16": Narrative,
    "20": TransmissionMessage,
    "21": ClaimStatus,
    "22": ClaimReference,
    "23": Payment,
    "24": Alerts,
    "25": PlanDetails,
    "26": Authorized,
    "27": MedicareDetails,
    "28": KnownPayers,
    "29": KnownPatient,
}
_IDS = {model: segment_id for segment_id, model in SEGMENTS.items()}
RESPONSE_FROM = "20"


def typed(segment: Segment) -> Part | None:
    """The segment as its class, or None when no class stands for its id.

    Raises InvalidValue for a number that is none, with segment and field as its path.
    """
    model = SEGMENTS.get(segment.id)
    if model is None:
        return None
    try:
        return read_part(model, segment.fields)
    except InvalidValue as error:
        path = f"{segment.id}/{error.path}"
        raise InvalidValue(error.sentence, code=error.code, path=path) from error


def segment_of(part: Part) -> Segment:
    """The segment of a typed part; fields in the order of its class."""
    segment_id = _IDS.get(type(part))
    if segment_id is None:
        words = "This part is a group of a segment, not a segment."
        raise InvalidValue(words, code="telecom.segment")
    return Segment(segment_id, build_fields(part))


__all__ = [
    "SEGMENTS",
    "AdditionalMessage",
    "Alert",
    "Alerts",
    "Authorized",
    "BenefitStage",
    "ClaimReference",
    "ClaimStatus",
    "Clarification",
    "Clinical",
    "Compound",
    "Coupon",
    "DiagnosisEntry",
    "Dispensing",
    "Documentation",
    "DrugUseReview",
    "DurEntry",
    "FacilityOfCare",
    "Ingredient",
    "IngredientModifier",
    "Insurance",
    "KnownPatient",
    "KnownPayer",
    "KnownPayers",
    "Measurement",
    "MedicareDetails",
    "Narrative",
    "OtherAmount",
    "OtherAmountPaid",
    "OtherPayers",
    "PaidByOther",
    "Patient",
    "PatientShare",
    "PayerBefore",
    "Payment",
    "PlanDetails",
    "PreferredProduct",
    "Prescriber",
    "Price",
    "PriorAuthorization",
    "ProcedureModifier",
    "Provider",
    "Question",
    "RejectEntry",
    "RejectedByOther",
    "TransmissionMessage",
    "WorkersCompensation",
    "segment_of",
    "typed",
]
