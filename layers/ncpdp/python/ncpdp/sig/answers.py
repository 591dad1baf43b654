"""What the readers of a SIG answer with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fractions import Fraction

Reason = Literal[
    "no_structure",  # there is only text, or not even that
    "dose",  # no plain number of plain units
    "timing",  # how often a day is not said
    "several_instructions",  # one after the other, or one or the other
    "unit",  # the quantity is counted in other units than the dose
    "quantity",  # there is no plain quantity
    "less_than_a_day",  # the quantity does not last a day
    "as_needed",  # as needed, without a most
    "word",  # a word or code this library has no translation of
    "free_text",  # words of the prescriber's own
    "text",  # the text speaks of other numbers
]


@dataclass(frozen=True, slots=True)
class CannotTell:
    """It does not follow from what was sent; `what` is the word or place in question."""

    reason: Reason
    what: str = ""

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class DailyDose:
    """From `minimum` to `maximum` of `unit` (English, singular) in 24 hours; fractions, because
    one a week is a seventh.

    `unit_code` is the NCIt code where one was sent. `as_needed`: it may also be nothing.
    """

    minimum: Fraction
    maximum: Fraction
    unit: str
    unit_code: str | None = None
    as_needed: bool = False


@dataclass(frozen=True, slots=True)
class DaysSupply:
    """Whole days the quantity lasts at the highest dose; `exact` when there is only one dose."""

    days: int
    exact: bool
