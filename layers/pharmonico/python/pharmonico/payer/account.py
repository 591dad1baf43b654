"""A member's account with a plan: what was filled, what was paid this year, what was allowed."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from collections.abc import Iterator

FROZEN = ConfigDict(frozen=True, defer_build=True)
FILLS_MAX = 200
AUTHORIZATIONS_MAX = 50


class Totals(BaseModel):
    """A year's accumulators, in minor units."""

    model_config = FROZEN

    deductible_minor: int = 0
    out_of_pocket_minor: int = 0
    card_minor: int = 0


class Fill(BaseModel):
    """A paid claim as later claims see it."""

    model_config = FROZEN

    claim: str
    rx_number: str
    ndc: str
    ingredients: tuple[str, ...]
    on: date
    days: int

    def lasts_until(self) -> date:
        return self.on + timedelta(days=self.days)


class Authorization(BaseModel):
    """A prior authorization that was asked for; `number` is what a claim carries in EV."""

    model_config = FROZEN

    number: str
    ingredients: tuple[str, ...]
    ndc: str
    status: Literal["pending", "approved", "denied"]
    asked_on: date
    until: date

    def covers(self, ndc: str, ingredients: tuple[str, ...], on: date) -> bool:
        same = ndc == self.ndc or bool(set(ingredients) & set(self.ingredients))
        return self.status == "approved" and same and self.asked_on <= on <= self.until


class Account(BaseModel):
    """One member of one plan; it changes only as a whole, on its version."""

    model_config = FROZEN

    key: str
    version: int = 0
    years: dict[int, Totals] = {}
    fills: tuple[Fill, ...] = ()
    authorizations: tuple[Authorization, ...] = ()

    def totals(self, year: int) -> Totals:
        return self.years.get(year, Totals())

    def active(self, on: date) -> Iterator[Fill]:
        """What the member still takes on that day."""
        return (fill for fill in self.fills if fill.on <= on <= fill.lasts_until())

    def with_fill(self, fill: Fill, amounts: dict[str, int]) -> Account:
        kept = (*self.fills, fill)[-FILLS_MAX:]
        return self._with(fill.on.year, amounts, sign=1, fills=kept)

    def without_fill(self, claim: str, on: date, amounts: dict[str, int]) -> Account:
        kept = tuple(fill for fill in self.fills if fill.claim != claim)
        return self._with(on.year, amounts, sign=-1, fills=kept)

    def with_authorization(self, authorization: Authorization) -> Account:
        others = [each for each in self.authorizations if each.number != authorization.number]
        kept = (*others, authorization)[-AUTHORIZATIONS_MAX:]
        return self.model_copy(update={"authorizations": kept})

    def authorization(self, number: str) -> Authorization | None:
        return next((each for each in self.authorizations if each.number == number), None)

    def _with(self, year: int, amounts: dict[str, int], *, sign: int, **changes: Any) -> Account:
        before = self.totals(year)
        after = {name: getattr(before, name) + sign * amount for name, amount in amounts.items()}
        years = self.years | {year: before.model_copy(update=after)}
        return self.model_copy(update={"years": years, **changes})


def account_key(*, bin_: str, pcn: str, member_id: str) -> str:
    """A fingerprint: member ids are nobody's business in a key."""
    return fingerprint("account", bin_, pcn, member_id)


def fingerprint(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
