"""How well a pharmacy suits a prescription: 0 to 100 points, each part shown, weights versioned."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pharmonico.fulfillment.directory import Hours, Pharmacy, Plan
    from pharmonico.fulfillment.routing.areas import Point

POINTS = 100
PLACES = 4
TIERS = {"preferred": 1.0, "standard": 0.5}
UNKNOWN_TIER = 0.5
"""A plan we do not know may pay for anybody: the payer will say."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The weights of the parts (they add up to 1) and the bounds of the search."""

    version: str = "2026-11"
    weights: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType(
            {
                "distance": 0.30,
                "specialty": 0.20,
                "capacity": 0.20,
                "network": 0.15,
                "on_time": 0.10,
                "open": 0.05,
            }
        )
    )
    radius_miles: float = 150.0
    candidates_max: int = 10
    excluded_max: int = 50

    def best_at(self, miles: float) -> float:
        """No pharmacy that far away or farther can have more points."""
        beyond = self.weights["distance"] * (1 - nearness(miles, self.radius_miles))
        return round(POINTS * (sum(self.weights.values()) - beyond), PLACES)


@dataclass(frozen=True, slots=True)
class Need:
    """What a prescription asks of a pharmacy."""

    home: Point
    state: str
    at: datetime
    plan: Plan | None = None
    specialty: str | None = None
    cold_chain: bool = False
    controlled: bool = False
    addressed_to: str | None = None


def parts(pharmacy: Pharmacy, need: Need, *, miles: float, policy: Policy) -> dict[str, float]:
    """Each part from 0 to 1, before its weight."""
    return {
        "distance": nearness(miles, policy.radius_miles),
        "specialty": specialty_match(pharmacy, need),
        "capacity": spare(pharmacy),
        "network": tier(pharmacy, need.plan),
        "on_time": pharmacy.on_time_rate,
        "open": 1.0 if is_prompt(pharmacy.hours, need.at) else 0.0,
    }


def points(of: Mapping[str, float], policy: Policy) -> float:
    """The weighted sum, 0 to 100."""
    return round(POINTS * sum(policy.weights[name] * part for name, part in of.items()), PLACES)


def nearness(miles: float, radius_miles: float) -> float:
    return max(0.0, 1 - miles / radius_miles)


def specialty_match(pharmacy: Pharmacy, need: Need) -> float:
    """1 in the drug's own field, half in another one; a drug without a field suits everybody."""
    if need.specialty is None or need.specialty in pharmacy.specialties:
        return 1.0
    return 0.5 if pharmacy.specialties else 0.0


def spare(pharmacy: Pharmacy) -> float:
    """The free share of a day's capacity."""
    if pharmacy.capacity == 0:
        return 0.0
    return max(0.0, 1 - pharmacy.load / pharmacy.capacity)


def tier(pharmacy: Pharmacy, plan: Plan | None) -> float:
    if plan is None:
        return UNKNOWN_TIER
    return TIERS.get(pharmacy.networks.get(plan.network, ""), 0.0)


def is_prompt(hours: Hours, at: datetime) -> bool:
    """Open now, or early enough to be dispensed by the next day."""
    local = at + timedelta(minutes=hours.utc_offset_minutes)
    minute = local.hour * 60 + local.minute
    return hours.opens <= minute < hours.closes or minute < hours.next_day_cutoff
