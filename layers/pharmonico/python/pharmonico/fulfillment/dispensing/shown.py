"""What a pharmacist is shown beside the prescription; `beside` fills it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel

from pharmonico.fulfillment.documents import FROZEN
from pharmonico.fulfillment.status import Status
from pharmonico.reference import NOTICE


class AllergyBeside(BaseModel):
    """An allergy as a prescriber put it; `is_checked` says whether the tables know it, so that
    validation has held the drug against it."""

    model_config = FROZEN

    text: str
    code: str | None
    told_by: Literal["this_prescription", "earlier_prescription"]
    is_checked: bool


class MedicationBeside(BaseModel):
    """An earlier prescription of ours that is not used up, with how far it has come.

    `ends_on` is the last day of its last refill. `patient_id` is whose record it stands in: the
    patient's own, or one that a person called the same.
    """

    model_config = FROZEN

    prescription_id: str
    patient_id: str
    status: Status
    drug: str
    ingredients: tuple[str, ...]
    prescriber_npi: str
    written_on: date | None
    ends_on: date


class Beside(BaseModel):
    """`is_patient_known` is false where no earlier prescription of ours tells anything."""

    model_config = FROZEN

    prescription_id: str
    patient_id: str
    is_patient_known: bool
    allergies: list[AllergyBeside]
    medications: list[MedicationBeside]
    notice: str = NOTICE
