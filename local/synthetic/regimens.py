"""What may be prescribed, and how it is taken: an amount that is usual for an adult."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from pharmonico.reference.doses import usual_dose

from local.reference.medications import SYNTHETIC_LABELER, medications
from local.reference.tables import listed

if TYPE_CHECKING:
    from local.reference.tables import Row

Pool = Literal["ordinary", "specialty", "controlled"]

_SOLID = {"tablet": ("C48542", "C42998"), "capsule": ("C48480", "C25158")}
"""NCIt codes of the unit that is counted and of the form."""
_ML, _MG = "C28254", "C28253"
_SCHEDULES = {"CII": "C48675", "CIII": "C48676", "CIV": "C48677", "CV": "C48679"}
_TIMES = {1: "once daily", 2: "twice daily", 3: "three times daily"}
_WEEK = 7
REFILLS_MAX = {None: 11, "CII": 0, "CIII": 5, "CIV": 5, "CV": 5}
"""21 CFR 1306.12 and 1306.22; without a schedule a year's worth."""
_STRENGTH = re.compile(r"([\d.]+) mg(?:/1)?")


@dataclass(frozen=True, slots=True)
class Regimen:
    """`quantity` counts `unit_code` (NCIt); `strength` is in milligrams where it is said."""

    ndc11: str
    description: str
    ingredients: tuple[str, ...]
    quantity: int
    unit_code: str
    form_code: str | None
    strength: str | None
    days: int
    refills: int
    sig: str
    schedule: str | None
    icd10: str | None = None

    @property
    def schedule_code(self) -> str | None:
        """NCIt's code for the DEA schedule."""
        return _SCHEDULES.get(self.schedule or "")

    @property
    def strength_code(self) -> str | None:
        """NCIt's code for the strength's unit."""
        return _MG if self.strength else None


@lru_cache(maxsize=1)
def regimens() -> dict[Pool, tuple[Regimen, ...]]:
    """Every package of the curated table that is taken in a way that can be said in one line."""
    pools: dict[Pool, list[Regimen]] = {"ordinary": [], "specialty": [], "controlled": []}
    for row in medications():
        regimen = None if row["ndc11"].startswith(SYNTHETIC_LABELER) else _regimen(row)
        if regimen is not None:
            pools[_pool(row)].append(regimen)
    return {name: tuple(found) for name, found in pools.items()}


def _pool(row: Row) -> Pool:
    if row["dea_schedule"]:
        return "controlled"
    return "specialty" if row["specialty"] else "ordinary"


def _regimen(row: Row) -> Regimen | None:
    if row["route"] == "oral":
        return _swallowed(row)
    is_pen = row["specialty"] and row["dosage_form"].startswith("injection, solution")
    return _injected(row) if is_pen and row["route"] == "subcutaneous" else None


def _swallowed(row: Row) -> Regimen | None:
    """One tablet or capsule so often that the day's amount is usual; None where none is known."""
    kind = next((kind for kind in _SOLID if row["dosage_form"].startswith(kind)), None)
    ingredients = listed(row["ingredients"])
    strength = _STRENGTH.fullmatch(row["strength"])
    if kind is None or len(ingredients) != 1 or strength is None:
        return None
    often = _how_often(ingredients[0], Decimal(strength[1]))
    if often is None and not row["specialty"]:
        return None
    words, quantity, days = often or (_TIMES[1], 30, 30)
    unit, form = _SOLID[kind]
    return Regimen(
        ndc11=row["ndc11"],
        description=f"{row['name']} {strength[1]} MG Oral {kind.title()}",
        ingredients=ingredients,
        quantity=quantity,
        unit_code=unit,
        form_code=form,
        strength=strength[1],
        days=days,
        refills=0,
        sig=f"Take 1 {kind} by mouth {words}",
        schedule=row["dea_schedule"] or None,
    )


def _how_often(ingredient: str, strength: Decimal) -> tuple[str, int, int] | None:
    usual = usual_dose(ingredient)
    if usual is None:
        return None
    if usual.per_days == _WEEK:
        return ("once weekly", 4, 28) if usual.low <= strength <= usual.high else None
    for times, words in _TIMES.items():
        if usual.low <= strength * times * usual.per_days <= usual.high:
            return words, 30 * times, 30
    return None


def _injected(row: Row) -> Regimen:
    return Regimen(
        ndc11=row["ndc11"],
        description=f"{row['name']} Injection",
        ingredients=listed(row["ingredients"]),
        quantity=2,
        unit_code=_ML,
        form_code=None,
        strength=None,
        days=28,
        refills=0,
        sig="Inject 1 mL under the skin every 14 days",
        schedule=None,
    )
