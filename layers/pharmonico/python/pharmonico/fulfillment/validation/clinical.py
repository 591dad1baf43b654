"""The clinical rules: duplicates, interactions, allergies, doses and ages.

They compare the prescribed drug with our own earlier prescriptions of the patient and with what
the reference tables know. Where drug, amount or allergy is not known for certain, they are silent
or say that nothing could be checked; they never guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.documents import Finding
from pharmonico.fulfillment.patients.history import allergies_of
from pharmonico.fulfillment.validation.codes import code_of
from pharmonico.fulfillment.validation.dosing import amounts_of
from pharmonico.fulfillment.validation.rules import DRUG
from pharmonico.reference import NOTICE, ages, allergies, doses, interactions
from pharmonico.reference.ingredients import therapeutic_class

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pharmonico.fulfillment.patients.papers import PriorMedication
    from pharmonico.fulfillment.validation.rules import Case, Rule

DESCRIPTION = f"{DRUG}/DrugDescription"
OWN = ("PHARMONICO",)
RENEWAL_DAYS = 14
"""So shortly before the old one ends, a new prescription of the same product goes on from it."""
ADULT_YEARS = 18
DAYS_PER_YEAR = 365.25
SHOWN_FIGURES = "{:.6g}"


def duplicate_order(case: Case) -> Iterator[Finding]:
    """The same drug for the same patient by the same prescriber on the same day."""
    written = case.drug.written_on
    for prior in case.history.medications:
        if written and _is_same_order(case, prior):
            words = f"The same order of {written.isoformat()} is here already: {prior.drug}."
            yield _finding("duplicate.same_order", words, about=prior.drug_key, prior=prior)


def duplicate_therapy(case: Case) -> Iterator[Finding]:
    """An active prescription with the same ingredient, or of a class that is taken once."""
    for prior in _active(case):
        if _is_same_order(case, prior) or _goes_on_from(case, prior):
            continue
        for shared in _shared(case.screened.ingredients, prior.ingredients):
            words = f"{prior.drug} is being taken until {prior.ends_on.isoformat()}: {shared}."
            yield _finding("duplicate.therapy", words, about=shared, prior=prior)


def interacting(case: Case) -> Iterator[Finding]:
    """What acts together with an active prescription; what stays on skin or eye does not."""
    drug = case.screened
    if not drug.is_systemic:
        return
    for prior in _active(case):
        if not prior.is_systemic:
            continue
        for found in interactions.among(drug.ingredients, prior.ingredients):
            yield _finding(
                f"interaction.{found.severity}",
                f"{found.words} The patient takes {prior.drug}.",
                about=f"{found.perpetrator} + {found.victim}",
                prior=prior,
                sources=found.sources,
            )


def allergic(case: Case) -> Iterator[Finding]:
    """The message's allergies and those that earlier messages named."""
    sent = allergies_of(case.body, today=case.today)
    for known in dict.fromkeys((*sent, *case.history.allergies)):
        allergen = allergies.allergen_of(known.text, known.code)
        told = known.text or known.code or ""
        if not allergen:
            words = "The allergy is none the tables know; it was not checked."
            yield _finding("allergy.unread", words, about=told, path=_ALLERGIES)
            continue
        for ingredient in case.screened.ingredients:
            match = allergies.matches(allergen, ingredient)
            if match:
                code, about = f"allergy.{match.kind}", f"{told} / {ingredient}"
                yield _finding(code, match.words, about=about, sources=(match.source,))


def unusual_dose(case: Case) -> Iterator[Finding]:
    """A day's amount outside of what adults usually take."""
    medicine, years = case.screened.medicine, _years(case)
    if medicine is None or len(medicine.routes) != 1 or years is None or years < ADULT_YEARS:
        return
    for amount in amounts_of(case.drug, case.screened):
        concern = doses.concern(
            amount.ingredient, mg_a_day=amount.mg_a_day, route=medicine.routes[0]
        )
        if concern is None or (concern.kind == "low" and not amount.is_certain):
            continue
        usual = concern.usual
        span = "a day" if usual.per_days == 1 else f"in {usual.per_days} days"
        words = (
            f"{amount.ingredient}: {_mg(concern.given)} mg {span} is unusually {concern.kind}; "
            f"usual are {_mg(usual.low)} to {_mg(usual.high)} mg."
        )
        about, source = amount.ingredient, (usual.source,)
        yield _finding("dose.unusual", words, about=about, sources=source, path=f"{DRUG}/Sig")


def unusual_age(case: Case) -> Iterator[Finding]:
    """The gravest concern about each ingredient at the patient's age."""
    years = _years(case)
    if years is None:
        return
    for ingredient in case.screened.ingredients:
        for concern in ages.concerns(ingredient, years=years)[:1]:
            words = f"{ingredient} ({concern.level}): {concern.words}"
            yield _finding("age.unusual", words, about=ingredient, sources=(concern.source,))


def _finding(
    code: str,
    words: str,
    *,
    about: str,
    sources: tuple[str, ...] = OWN,
    prior: PriorMedication | None = None,
    path: str = DESCRIPTION,
) -> Finding:
    return Finding(
        code=code,
        severity=code_of(code).severity,
        path=path,
        message=words,
        about=about,
        related=(prior.prescription_id,) if prior else (),
        sources=sources,
        notice=NOTICE,
    )


def _active(case: Case) -> Iterator[PriorMedication]:
    return (prior for prior in case.history.medications if prior.is_active(case.today))


def _is_same_order(case: Case, prior: PriorMedication) -> bool:
    prescriber = case.body.prescriber
    return (prior.drug_key, prior.prescriber_npi, prior.written_on) == (
        case.screened.key,
        (prescriber and prescriber.npi) or "",
        case.drug.written_on,
    )


def _goes_on_from(case: Case, prior: PriorMedication) -> bool:
    return prior.drug_key == case.screened.key and prior.ends_within(RENEWAL_DAYS, case.today)


def _shared(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Iterator[str]:
    """The ingredients both have, else the classes of which nobody takes two."""
    same = [ingredient for ingredient in ours if ingredient in theirs]
    yield from same
    if same:
        return
    mine, other = (_duplicating(names) for names in (ours, theirs))
    yield from (words for code, words in mine.items() if code in other)


def _duplicating(ingredients: tuple[str, ...]) -> dict[str, str]:
    classes = (therapeutic_class(ingredient) for ingredient in ingredients)
    return {each.code: each.words for each in classes if each and each.is_duplication}


def _years(case: Case) -> float | None:
    """The age of a person; None where the birth date is none or the patient is an animal."""
    patient = case.body.patient
    born: date | None = patient.born_on if patient else None
    if patient is None or born is None or patient.is_animal or born > case.today:
        return None
    return (case.today - born).days / DAYS_PER_YEAR


def _mg(amount: object) -> str:
    return SHOWN_FIGURES.format(amount)


_ALLERGIES = "NewRx/AllergyOrAdverseEvent/Allergies"

CLINICAL_RULES: tuple[Rule, ...] = (
    duplicate_order,
    duplicate_therapy,
    interacting,
    allergic,
    unusual_dose,
    unusual_age,
)
