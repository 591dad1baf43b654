"""What a prescription asks of a pharmacy; kept beside the ranking that was made for it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from pharmonico.fulfillment.directory import Schedule, Sorted
from pharmonico.fulfillment.routing.areas import Point

if TYPE_CHECKING:
    from pharmonico.fulfillment.directory import Medication, Plan

PRODUCT_DIGITS = 9
"""Labeler and product of an NDC: who may have a drug does not hang on the size of the package."""


class Need(BaseModel):
    """`network` is None when nobody knows the plan; `limited` is a drug by its nine digits."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    home: Point
    state: str
    at: datetime
    network: str | None = None
    lock_in: Sorted[str] = frozenset()
    specialty: str | None = None
    limited: str | None = None
    cold_chain: bool = False
    schedule: Schedule | None = None
    addressed_to: str | None = None
    refused_by: Sorted[str] = frozenset()
    """Pharmacies that were chosen before and would not dispense it."""


def asked_by(medication: Medication | None, plan: Plan | None) -> dict[str, object]:
    """The parts of a need that the catalogue and the plan decide."""
    facts: dict[str, object] = {}
    if plan is not None:
        facts |= {"network": plan.network, "lock_in": plan.lock_in}
    if medication is not None:
        facts |= {"specialty": medication.specialty, "cold_chain": medication.cold_chain}
    if medication is not None and medication.limited_distribution:
        facts["limited"] = medication.ndc11[:PRODUCT_DIGITS]
    return facts
