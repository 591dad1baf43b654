"""The rules a new prescription is held against, each a small pure function that yields findings.

What the message alone can show comes from the codec (`ncpdp.check`); what needs the catalogue or
the date is decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ncpdp
from ncpdp import identifiers
from ncpdp.script import DrugCoded, Quantity

from pharmonico.fulfillment.documents import Finding
from pharmonico.fulfillment.patients.history import UNKNOWN
from pharmonico.fulfillment.validation.codes import code_of
from pharmonico.fulfillment.validation.dates import last_day, limit_of
from pharmonico.reference.forms import family_of_code, family_of_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from ncpdp.script import Medication, NewRx, ScriptMessage

    from pharmonico.fulfillment.patients.history import History
    from pharmonico.fulfillment.validation.catalog import Product
    from pharmonico.fulfillment.validation.drug import Drug

    Rule = Callable[["Case"], Iterator[Finding]]

DRUG = "NewRx/MedicationPrescribed"
PRESCRIBER = "NewRx/Prescriber"
STRICTEST_FIRST = ("CII", "CIII", "CIV", "CV")
FINDINGS_MAX = 200
AGE_MAX = 125
_SAME = {
    "npi.missing": "npi.check_digit",
    "npi.malformed": "npi.check_digit",
    "dea.malformed": "dea.check_digit",
}
"""One stable code per identifier, whichever way it fails its check."""


@dataclass(frozen=True, slots=True)
class Case:
    """What the rules look at; `signed` is False for the JSON door, which carries no signature.

    `screened` is the drug as the clinical tables know it, `history` what the patient has had;
    `is_somebody_else` says that their record number was another person's before.
    """

    message: ScriptMessage
    body: NewRx
    drug: Medication
    product: Product
    signed: bool
    today: date
    screened: Drug
    history: History = UNKNOWN
    is_somebody_else: bool = False

    @property
    def schedule(self) -> str | None:
        """The stricter word counts: a schedule the message or the catalogue names."""
        known = self.product.medication
        named = (self.drug.dea_schedule, known.dea_schedule if known else None)
        return next((schedule for schedule in STRICTEST_FIRST if schedule in named), None)


def findings_of(case: Case, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """All findings, one per code, place and matter, in the order of the rules."""
    found: dict[tuple[str, str, str | None], Finding] = {}
    for rule in rules:
        for finding in rule(case):
            found.setdefault((finding.code, finding.path, finding.about), finding)
    return tuple(found.values())[:FINDINGS_MAX]


def finding(
    code: str, path: str, message: str, *, sent: str | None = None, normalised: str | None = None
) -> Finding:
    return Finding(
        code=code,
        severity=code_of(code).severity,
        path=path,
        sent=sent,
        normalised=normalised,
        message=message,
    )


def message_itself(case: Case) -> Iterator[Finding]:
    """The codec's remarks under our codes; a blemish of the addressed pharmacy holds nothing."""
    for remark in ncpdp.check(case.message):
        if remark.code.startswith("ndc.") or remark.code == "refills.not_allowed":
            continue
        code = _SAME.get(remark.code, remark.code)
        if remark.path.startswith("NewRx/Pharmacy") and code in _SAME.values():
            code = f"pharmacy.{code}"
        yield finding(code, remark.path, remark.message, sent=remark.value)


def demographics(case: Case) -> Iterator[Finding]:
    """A birth date has to be somebody's: it opens the portal and goes into the claim."""
    patient = case.body.patient
    if not patient or not patient.date_of_birth:
        return  # the codec has said so
    born = patient.born_on
    if born is None:
        words = "The date of birth is not a date."
    elif born > case.today:
        words = "The date of birth is still to come."
    elif case.today.year - born.year > AGE_MAX:
        words = "Nobody is as old as the date of birth says."
    else:
        return
    path = "NewRx/Patient/HumanPatient/DateOfBirth"
    yield finding("demographics.missing", path, words, sent=patient.date_of_birth)


def known_patient(case: Case) -> Iterator[Finding]:
    """The clinic's own record number, against whom it stood for before."""
    if case.is_somebody_else:
        words = "The record number stood for somebody of another name or birth date before."
        yield finding("patient.mismatch", "NewRx/Patient/HumanPatient", words)


def product(case: Case) -> Iterator[Finding]:
    """The NDC against the catalogue."""
    problem = case.product.problem
    if problem is None:
        return
    known = case.product.medication
    yield finding(
        problem,
        f"{DRUG}/DrugCoded/ProductCode/Code",
        _NDC_WORDS[problem],
        sent=case.drug.ndc,
        normalised=known.ndc11 if known else None,
    )


_NDC_WORDS = {
    "ndc.absent": "No NDC was sent; a pharmacist chooses the product.",
    "ndc.malformed": "The NDC has none of the known shapes.",
    "ndc.ambiguous": "The ten digits can be read in several ways; the catalogue does not decide.",
    "ndc.unknown": "The NDC is not in the catalogue; a pharmacist chooses the product.",
    "ndc.read_as": "The NDC was brought to eleven digits.",
}


def dosage_form(case: Case) -> Iterator[Finding]:
    """Form and unit against the catalogue's form; an unknown code says nothing."""
    known = case.product.medication
    expected = family_of_form(known.dosage_form) if known else None
    drug, quantity = case.drug.drug or DrugCoded(), case.drug.quantity or Quantity()
    for path, code in (
        ("DrugCoded/Strength/StrengthForm/Code", drug.strength_form_code),
        ("Quantity/QuantityUnitOfMeasure/Code", quantity.unit_code),
    ):
        family = family_of_code(code)
        if known and expected and family and family != expected:
            yield finding(
                "dosage_form.mismatch",
                f"{DRUG}/{path}",
                f"The message means a {family}, the catalogue's product is a {expected}.",
                sent=code,
                normalised=known.dosage_form,
            )


def days_supply(case: Case) -> Iterator[Finding]:
    if not case.drug.days:
        yield finding(
            "days_supply.missing",
            f"{DRUG}/DaysSupply",
            "The days' supply is not a number above zero.",
            sent=case.drug.days_supply,
        )


def written_date(case: Case) -> Iterator[Finding]:
    """Not in the future, and not older than its schedule allows."""
    path, sent = f"{DRUG}/WrittenDate", case.drug.written_date
    written = case.drug.written_on
    if written is None:
        words = "The written date is not a date."
        yield finding("written_date.malformed", path, words, sent=sent)
    elif written > case.today:
        yield finding("written_date.future", path, "The written date is still to come.", sent=sent)
    elif case.today > (last := last_day(written, limit_of(case.schedule))):
        words = f"It could be filled until {last.isoformat()}."
        yield finding("written_date.expired", path, words, sent=sent)


def refills(case: Case) -> Iterator[Finding]:
    allowed = limit_of(case.schedule).refills_max
    if allowed is not None and (case.drug.refills or 0) > allowed:
        yield finding(
            "refills.not_allowed",
            f"{DRUG}/NumberOfRefills",
            f"A schedule {case.schedule} drug has at most {allowed} refills.",
            sent=case.drug.number_of_refills,
        )


def controlled(case: Case) -> Iterator[Finding]:
    """A drug the catalogue knows as controlled, whatever the message calls it."""
    if case.schedule is None:
        return
    prescriber = case.body.prescriber
    dea = prescriber.dea_number if prescriber else None
    path = f"{PRESCRIBER}/NonVeterinarian/Identification/DEANumber"
    if not dea:
        yield finding("dea.missing", path, "A controlled substance needs a DEA number.")
    elif not identifiers.is_dea(dea):
        yield finding("dea.check_digit", path, "The DEA number is not valid.", sent=dea)
    if not case.signed:
        words = "A controlled substance needs the digital signature indicator."
        yield finding("epcs.signature_missing", "Header/DigitalSignature", words)


RULES: tuple[Rule, ...] = (
    message_itself,
    demographics,
    known_patient,
    product,
    dosage_form,
    days_supply,
    written_date,
    refills,
    controlled,
)
