"""The papers of a patient: what was prescribed before, who it is, and who it may also be.

All of it is PHI and stands in bodies; the keys are the blind ids of `intake.letters` and
`patients.matching`.
"""

from __future__ import annotations

from abc import abstractmethod
from datetime import date, datetime, timedelta
from typing import ClassVar, Literal

from pydantic import BaseModel

from pharmonico.fulfillment.documents import FROZEN, Document

MEDICATIONS_MAX = 50
ALLERGIES_MAX = 50
LINKED_MAX = 5
"""Other records of the same person that are read with one."""
OPEN_PAIRS, DECIDED_PAIRS = "pairs#open", "pairs#decided"


class Person(BaseModel):
    """Who a message says the patient is, as it was sent."""

    model_config = FROZEN

    last_name: str = ""
    first_name: str = ""
    suffix: str = ""
    born: str = ""
    sex: str = ""
    line1: str = ""
    postal_code: str = ""
    phones: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Without name and birth date nobody can be told from anybody else."""
        return bool(self.last_name and self.first_name and self.born)


class PriorMedication(BaseModel):
    """One of our own prescriptions: `drug_key` is the same for the same product of any maker."""

    model_config = FROZEN

    prescription_id: str
    drug: str
    drug_key: str
    ingredients: tuple[str, ...] = ()
    is_systemic: bool = True
    prescriber_npi: str = ""
    written_on: date | None = None
    ends_on: date

    def is_active(self, today: date) -> bool:
        return today <= self.ends_on

    def ends_within(self, days: int, today: date) -> bool:
        return self.ends_on - today <= timedelta(days=days)


class KnownAllergy(BaseModel):
    """As the prescriber put it: words, and the code of a drug where one was sent."""

    model_config = FROZEN

    text: str = ""
    code: str | None = None


class PatientPaper(Document):
    """A paper kept under a patient instead of a prescription.

    `is_guarded` papers are written on the version that was read; the others say the same
    whoever writes them.
    """

    is_guarded: ClassVar[bool] = True

    @property
    @abstractmethod
    def owner(self) -> str:
        """The partition it lies in."""


class PatientRecord(PatientPaper):
    """What is known of a patient; `same_as` are other records that a person called the same."""

    kind: ClassVar[str] = "record"
    patient_id: str
    person: Person
    medications: tuple[PriorMedication, ...] = ()
    allergies: tuple[KnownAllergy, ...] = ()
    same_as: tuple[str, ...] = ()

    @property
    def owner(self) -> str:
        return record_owner(self.patient_id)

    def noting(
        self, medication: PriorMedication, allergies: tuple[KnownAllergy, ...], person: Person
    ) -> PatientRecord:
        """A copy that knows this prescription too; told again, it is known once."""
        others = (
            known
            for known in self.medications
            if known.prescription_id != medication.prescription_id
        )
        return self.model_copy(
            update={
                "person": person,
                "medications": (*others, medication)[-MEDICATIONS_MAX:],
                "allergies": tuple(dict.fromkeys((*self.allergies, *allergies)))[-ALLERGIES_MAX:],
            }
        )

    def forgetting(self, prescription_id: str) -> PatientRecord:
        """A copy without a prescription that was somebody else's."""
        kept = (one for one in self.medications if one.prescription_id != prescription_id)
        return self.model_copy(update={"medications": tuple(kept)})


class Listed(PatientPaper):
    """A patient in a bucket of people who may be the same; its key is the patient's id."""

    kind: ClassVar[str] = "person"
    is_guarded: ClassVar[bool] = False
    bucket: str
    person: Person

    @property
    def owner(self) -> str:
        return bucket_owner(self.bucket)


class Said(BaseModel):
    """What a prescription said of the patient."""

    model_config = FROZEN

    prescription_id: str
    person: Person


class Holder(PatientPaper):
    """Whose a sender's record number is; `number` is its blind key."""

    kind: ClassVar[str] = "holder"
    number: str
    people: tuple[Said, ...]

    @property
    def owner(self) -> str:
        return holder_owner(self.number)


class Decision(BaseModel):
    """What a person said about two records, and why."""

    model_config = FROZEN

    verdict: Literal["same", "different"]
    reason: str
    by: str
    role: str
    at: datetime


class Pair(PatientPaper):
    """Two records that may be one person; nothing is ever merged, a person decides.

    `score` is 0 to 100, `breakdown` the points of each part beside the most it could have.
    """

    kind: ClassVar[str] = "pair"
    is_guarded: ClassVar[bool] = False
    patient_ids: tuple[str, str]
    people: tuple[Person, Person]
    score: int
    breakdown: dict[str, tuple[float, float]]
    prescription_id: str
    found_at: datetime
    decision: Decision | None = None

    @property
    def owner(self) -> str:
        return DECIDED_PAIRS if self.decision else OPEN_PAIRS


def record_owner(patient_id: str) -> str:
    return f"patient#{patient_id}"


def bucket_owner(bucket: str) -> str:
    return f"people#{bucket}"


def holder_owner(number: str) -> str:
    return f"holder#{number}"


def pair_key(one: str, other: str) -> str:
    """The same key whichever of the two comes first."""
    return "~".join(sorted((one, other)))
