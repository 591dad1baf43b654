"""How well a pharmacy suits a prescription: 0 to 100 points, each part shown, weights versioned."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pharmonico.fulfillment.routing.areas import Point, miles_between

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Self

    from pharmonico.fulfillment.directory import Hours, Listing
    from pharmonico.fulfillment.routing.need import Need

POINTS = 100
PLACES = 4
TIERS = {"preferred": 1.0, "standard": 0.5}
UNKNOWN_TIER = 0.5
"""A plan we do not know may pay for anybody: the payer will say."""
OTHER_FIELD = 0.5
"""What a specialty pharmacy of another field is worth."""
PRICE_TIERS = 4

DEFAULT_VERSION = "2026-11"
DEFAULT_WEIGHTS = {
    "distance": 0.30,
    "specialty": 0.20,
    "capacity": 0.20,
    "network": 0.15,
    "on_time": 0.10,
    "open": 0.05,
    "price": 0.0,
}


class Policy(BaseModel):
    """The weights of the parts (they add up to 1) and the bounds of the search.

    Weights other than the default ones need a version of their own: it is how a ranking says by
    which it was made. `nearby` pharmacies around the patient have the gates they fail kept.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str = Field(default=DEFAULT_VERSION, min_length=1, max_length=40)
    weights: dict[str, float] = DEFAULT_WEIGHTS
    radius_miles: float = Field(default=150.0, gt=0)
    candidates_max: int = Field(default=10, ge=1, le=50)
    nearby: int = Field(default=25, ge=0, le=50)

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.weights.keys() != DEFAULT_WEIGHTS.keys():
            raise ValueError(f"weights are given for exactly {', '.join(DEFAULT_WEIGHTS)}")
        if min(self.weights.values()) < 0 or not isclose(sum(self.weights.values()), 1):
            raise ValueError("weights are not negative and add up to 1")
        if self.version == DEFAULT_VERSION and self.weights != DEFAULT_WEIGHTS:
            raise ValueError("weights of your own need a version of their own")
        return self


def read_policy(text: str) -> Policy:
    """The policy as the settings give it (JSON); an empty text is the default one."""
    return Policy.model_validate_json(text) if text else Policy()


def miles_to(pharmacy: Listing, need: Need) -> float:
    """From the patient's home, as far as the ZIP tells it."""
    return miles_between(need.home, Point(pharmacy.lat, pharmacy.lon))


def parts(
    pharmacy: Listing, need: Need, *, load: int, miles: float, policy: Policy
) -> dict[str, float]:
    """Each part from 0 to 1, before its weight."""
    return {
        "distance": nearness(miles, policy.radius_miles),
        "specialty": specialty_match(pharmacy, need),
        "capacity": spare(pharmacy.capacity, load),
        "network": tier(pharmacy, need.network),
        "on_time": pharmacy.on_time_rate,
        "open": 1.0 if is_prompt(pharmacy.hours, need.at) else 0.0,
        "price": cheapness(pharmacy.price_tier),
    }


def points(of: Mapping[str, float], policy: Policy) -> float:
    """The weighted sum, 0 to 100."""
    return round(POINTS * sum(policy.weights[name] * part for name, part in of.items()), PLACES)


def nearness(miles: float, radius_miles: float) -> float:
    return max(0.0, 1 - miles / radius_miles)


def specialty_match(pharmacy: Listing, need: Need) -> float:
    """1 in the drug's own field, half in another one; a drug without a field suits everybody."""
    if need.specialty is None or need.specialty in pharmacy.specialties:
        return 1.0
    return OTHER_FIELD if pharmacy.specialties else 0.0


def spare(capacity: int, load: int) -> float:
    """The free share of a day's capacity."""
    return max(0.0, 1 - load / capacity) if capacity else 0.0


def tier(pharmacy: Listing, network: str | None) -> float:
    if network is None:
        return UNKNOWN_TIER
    return TIERS.get(pharmacy.networks.get(network, ""), 0.0)


def cheapness(price_tier: int) -> float:
    """1 for the cheapest tier, 0 for the dearest."""
    return 1 - (price_tier - 1) / (PRICE_TIERS - 1)


def is_prompt(hours: Hours, at: datetime) -> bool:
    """Open now, or early enough on a working day to be dispensed by the next."""
    local = hours.local(at)
    opening = hours.week[local.weekday()]
    if opening is None or local.date() in hours.holidays:
        return False
    minute = local.hour * 60 + local.minute
    opens, closes = opening
    return opens <= minute < closes or minute < hours.next_day_cutoff
