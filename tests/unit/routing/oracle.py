"""Routing by looking at everybody: the rules once more, written down apart from the product."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pharmonico.fulfillment.directory import Pharmacy
    from pharmonico.fulfillment.routing.need import Need
    from pharmonico.fulfillment.routing.scoring import Policy

TIER = {"preferred": 1.0, "standard": 0.5}


def why_not(pharmacy: Pharmacy, need: Need, load: int) -> set[str]:
    """Every gate that is closed."""
    today = need.at.astimezone(ZoneInfo(pharmacy.hours.zone)).date()
    ends, lock_in = pharmacy.licences.get(need.state), need.lock_in
    away = [c for c in pharmacy.closures if c.first <= today <= c.last]
    elsewhere = need.addressed_to and need.addressed_to != pharmacy.pharmacy_id
    drugs, schedules = pharmacy.limited_distribution, pharmacy.dea_schedules
    gates = {
        "license.state": ends is None,
        "license.expired": ends is not None and ends < today,
        "controlled.not_registered": need.schedule and need.schedule not in schedules,
        "controlled.addressed_elsewhere": need.schedule and elsewhere,
        "specialty.not_carried": need.specialty and len(pharmacy.specialties) == 0,
        "limited_distribution.not_carried": need.limited and need.limited not in drugs,
        "cold_chain.not_able": need.cold_chain and not pharmacy.cold_chain,
        "pharmacy.not_accepting": not pharmacy.accepting,
        "capacity.full": load >= pharmacy.capacity,
        "pharmacy.closed": away or not pharmacy.is_open,
        "pharmacy.refused": pharmacy.pharmacy_id in need.refused_by,
        "network.out_of_plan": need.network and need.network not in pharmacy.networks,
        "plan.lock_in": lock_in and pharmacy.pharmacy_id not in lock_in,
    }
    return {code for code, closed in gates.items() if closed}


def score(pharmacy: Pharmacy, need: Need, load: int, policy: Policy) -> float:
    """The documented formula, part by part."""
    w = policy.weights
    distance = max(0.0, 1 - miles(pharmacy, need) / policy.radius_miles)
    specialty = 1.0 if not need.specialty or need.specialty in pharmacy.specialties else 0.5
    capacity = max(0.0, 1 - load / pharmacy.capacity)
    network = TIER[pharmacy.networks[need.network]] if need.network else 0.5
    price = (4 - pharmacy.price_tier) / 3
    of = {
        "distance": distance,
        "specialty": specialty,
        "capacity": capacity,
        "network": network,
        "on_time": pharmacy.on_time_rate,
        "open": float(is_prompt(pharmacy, need)),
        "price": price,
    }
    return round(100 * sum(w[name] * share for name, share in of.items()), 4)


def is_prompt(pharmacy: Pharmacy, need: Need) -> bool:
    """Open at this minute, or before the cut-off of a day on which it works."""
    local = need.at.astimezone(ZoneInfo(pharmacy.hours.zone))
    opening = pharmacy.hours.week[local.weekday()]
    if opening is None or local.date() in pharmacy.hours.holidays:
        return False
    minute = 60 * local.hour + local.minute
    return opening[0] <= minute < opening[1] or minute < pharmacy.hours.next_day_cutoff


def miles(pharmacy: Pharmacy, need: Need) -> float:
    """Haversine on a sphere of 3,958.8 miles."""
    lat1, lat2 = radians(need.home.lat), radians(pharmacy.lat)
    half_lon = radians(pharmacy.lon - need.home.lon) / 2
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin(half_lon) ** 2
    return 2 * 3958.8 * asin(min(1.0, sqrt(h)))


def ranking(
    world: Sequence[Pharmacy], need: Need, loads: Mapping[str, int], policy: Policy
) -> list[tuple[str, float]]:
    """The best, by points, ties by NCPDP id."""
    fit = [p for p in world if not why_not(p, need, loads.get(p.pharmacy_id, 0))]
    scored = [(-score(p, need, loads.get(p.pharmacy_id, 0), policy), p) for p in fit]
    scored.sort(key=lambda each: (each[0], each[1].ncpdp_id))
    return [(p.pharmacy_id, -points) for points, p in scored[: policy.candidates_max]]
