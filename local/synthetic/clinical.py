"""What a model of language proposes to prescribe, and the checks a proposal has to pass.

Nothing it says is used unread: the package must be one of those it was offered, the directions
must be such as the platform can count, and amount, quantity, refills and diagnosis must fit.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Protocol

from ncpdp import identifiers
from ncpdp.script.model.drug import Sig
from ncpdp.script.model.medication import Medication
from pharmonico.fulfillment.validation.dosing import amounts_of
from pharmonico.fulfillment.validation.drug import Drug
from pharmonico.reference import doses
from pharmonico.reference.medications import by_ndc
from pydantic import BaseModel, Field, ValidationError

from local.synthetic.draws import dice_of
from local.synthetic.patients import ADULT, AS_OF, YEAR_DAYS
from local.synthetic.regimens import REFILLS_MAX, regimens

if TYPE_CHECKING:
    from local.synthetic.cases import Case
    from local.synthetic.regimens import Regimen

OFFERED, TRIES = 12, 2
_SPARE = 1.1
"""So much more than the directions need may be in the box."""


class Proposal(BaseModel):
    """What is asked for; the model gets this shape as its answer's schema."""

    ndc11: Annotated[str, Field(pattern=r"^\d{11}$")]
    directions: Annotated[str, Field(min_length=8, max_length=140, pattern=r"^[ -~]+$")]
    quantity: Annotated[int, Field(ge=1, le=360)]
    days_supply: Annotated[int, Field(ge=1, le=90)]
    refills: Annotated[int, Field(ge=0, le=11)]
    icd10: Annotated[str, Field(max_length=8)]


class Model(Protocol):
    """Whoever answers a prompt with JSON of a shape."""

    def answer(self, prompt: str, shape: type[BaseModel]) -> str:
        """The text of the answer; `LocalError` where there is none."""
        ...


class Clinician:
    """Proposals for the cases of a seed; `refused` counts answers that did not pass."""

    def __init__(self, model: Model, *, seed: int) -> None:
        self.asked = self.refused = 0
        self._model, self._seed = model, seed
        self._chosen: dict[int, Regimen] = {}

    def __call__(self, found: Case) -> Case:
        """The case with what was proposed; with its own drug where no proposal passes.

        Whatever comes back to an earlier prescription is about the drug of that one.
        """
        if found.interacts_with is not None or not found.regimen.strength:
            return found
        number = found.number if found.about is None else found.about
        if number not in self._chosen:
            self._chosen[number] = self._ask(found, number)
        return replace(found, regimen=self._chosen[number])

    def _ask(self, found: Case, number: int) -> Regimen:
        offered = _offered(found, seed=self._seed, number=number)
        for _ in range(TRIES):
            self.asked += 1
            said = self._model.answer(prompt(found, offered), Proposal)
            try:
                return accepted(Proposal.model_validate_json(said), offered)
            except (ValidationError, ValueError):
                self.refused += 1
        return found.regimen


def prompt(found: Case, offered: tuple[Regimen, ...]) -> str:
    """The question; the patient it is about exists nowhere, and is not named."""
    years = int((AS_OF - found.patient.born).days / YEAR_DAYS)
    sex = {"F": "female", "M": "male"}.get(found.patient.sex, "of unstated sex")
    packages = "\n".join(f"{one.ndc11}: {one.description}" for one in offered)
    return (
        "You write test data for pharmacy software. Nobody real is meant and nothing is dispensed."
        f" For an invented patient, {years} years old and {sex}, seen by a prescriber of"
        f" {found.prescriber.specialty}, choose the one package of this list that is likeliest:\n"
        f"{packages}\n"
        "Give its 11-digit NDC, directions of the form 'Take 1 tablet by mouth twice daily' within"
        " the usual adult dose, the quantity that the days' supply needs, refills, and one"
        " ICD-10-CM code of why it is taken."
    )


def accepted(proposal: Proposal, offered: tuple[Regimen, ...]) -> Regimen:
    """The regimen that is proposed; `ValueError` says what is wrong with it."""
    own = next((one for one in offered if one.ndc11 == proposal.ndc11), None)
    if own is None:
        raise ValueError("the package is none of those that were offered")
    if not identifiers.is_icd10cm(proposal.icd10):
        raise ValueError("the diagnosis is no ICD-10-CM code")
    if proposal.refills > REFILLS_MAX[own.schedule]:
        raise ValueError("there are more refills than the schedule allows")
    a_day = _units_a_day(proposal, own)
    needed = a_day * proposal.days_supply
    if not needed <= proposal.quantity <= max(needed * _SPARE, needed + 1):
        raise ValueError("the quantity does not fit directions and days' supply")
    return replace(
        own,
        sig=proposal.directions,
        quantity=proposal.quantity,
        days=proposal.days_supply,
        refills=proposal.refills,
        icd10=proposal.icd10,
    )


def _units_a_day(proposal: Proposal, own: Regimen) -> float:
    """How many are taken a day; `ValueError` for what cannot be counted or is not usual."""
    medicine = by_ndc(own.ndc11)
    drug = Drug(own.description, own.ndc11, own.ingredients, is_systemic=True, medicine=medicine)
    written = Medication(sig=Sig(text=proposal.directions))
    amounts = amounts_of(written, drug)
    if len(amounts) != 1 or not own.strength:
        raise ValueError("the directions cannot be read in one way only")
    amount = amounts[0]
    if doses.concern(amount.ingredient, mg_a_day=amount.mg_a_day):
        raise ValueError("the dose is not usual")
    return float(amount.mg_a_day) / float(own.strength)


def _offered(found: Case, *, seed: int, number: int) -> tuple[Regimen, ...]:
    """The case's own package and a few more of its pool, for grown-ups of any schedule."""
    is_grown = (AS_OF - found.patient.born).days / YEAR_DAYS >= ADULT
    pool = next(pool for pool in regimens().values() if found.regimen in pool)
    others = [one for one in pool if one.strength and one.schedule == found.regimen.schedule]
    dice = dice_of("offered", seed, number)
    drawn = dice.sample(others, k=min(OFFERED, len(others))) if is_grown else []
    return tuple(dict.fromkeys((found.regimen, *drawn)))
