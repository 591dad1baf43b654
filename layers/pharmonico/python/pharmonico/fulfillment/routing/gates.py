"""What a pharmacy must be able to do at all; each refusal has a reason for "why not"."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from pharmonico.fulfillment.directory import Listing
    from pharmonico.fulfillment.routing.need import Need

REASONS = MappingProxyType(
    {
        "license.state": "It is not licensed to ship to the patient's state.",
        "license.expired": "Its licence to ship to the patient's state has ended.",
        "controlled.not_registered": "Its DEA registration does not cover the drug's schedule.",
        "controlled.addressed_elsewhere": "A controlled substance stays with the pharmacy that "
        "the prescriber addressed, unless a pharmacist reroutes it.",
        "specialty.not_carried": "It carries no specialty drugs.",
        "limited_distribution.not_carried": "The drug's maker does not supply it.",
        "cold_chain.not_able": "It cannot keep the drug cold on the way.",
        "pharmacy.not_accepting": "It takes no new prescriptions at the moment.",
        "capacity.full": "It has taken as many prescriptions today as it can.",
        "pharmacy.closed": "It is closed.",
        "pharmacy.refused": "It has refused to dispense this prescription.",
        "network.out_of_plan": "It is not in the network of the patient's plan.",
        "plan.lock_in": "The plan pays only at other, named pharmacies.",
    }
)
"""Every gate by its code, in plain words."""

LAW = frozenset({"license.state", "license.expired", "controlled.not_registered"})
"""Gates that no override opens."""

FULL = "capacity.full"
"""No override opens this one either: a place that is not there cannot be taken."""

PHARMACIST = frozenset({"controlled.addressed_elsewhere"})
"""Gates that only a pharmacist opens."""


def refusals(pharmacy: Listing, need: Need, *, load: int) -> tuple[str, ...]:
    """Every reason against this pharmacy, which has taken `load` prescriptions today."""
    today = pharmacy.hours.local(need.at).date()
    gates = (
        *_licences(pharmacy, need, today),
        *_abilities(pharmacy, need),
        *_openness(pharmacy, need, load, today),
        *_payers(pharmacy, need),
    )
    return tuple(reason for reason, closed in gates if closed)


def _licences(pharmacy: Listing, need: Need, today: date) -> tuple[tuple[str, bool], ...]:
    licensed_to = pharmacy.licences.get(need.state)
    elsewhere = need.addressed_to not in (None, pharmacy.pharmacy_id)
    unregistered = need.schedule is not None and need.schedule not in pharmacy.dea_schedules
    return (
        ("license.state", licensed_to is None),
        ("license.expired", licensed_to is not None and licensed_to < today),
        ("controlled.not_registered", unregistered),
        ("controlled.addressed_elsewhere", need.schedule is not None and elsewhere),
    )


def _abilities(pharmacy: Listing, need: Need) -> tuple[tuple[str, bool], ...]:
    is_supplied = need.limited is None or need.limited in pharmacy.limited_distribution
    return (
        ("specialty.not_carried", need.specialty is not None and not pharmacy.specialties),
        ("limited_distribution.not_carried", not is_supplied),
        ("cold_chain.not_able", need.cold_chain and not pharmacy.cold_chain),
    )


def _openness(
    pharmacy: Listing, need: Need, load: int, today: date
) -> tuple[tuple[str, bool], ...]:
    is_away = any(closure.first <= today <= closure.last for closure in pharmacy.closures)
    return (
        ("pharmacy.not_accepting", not pharmacy.accepting),
        (FULL, load >= pharmacy.capacity),
        ("pharmacy.closed", is_away or not pharmacy.is_open),
        ("pharmacy.refused", pharmacy.pharmacy_id in need.refused_by),
    )


def _payers(pharmacy: Listing, need: Need) -> tuple[tuple[str, bool], ...]:
    return (
        ("network.out_of_plan", need.network is not None and need.network not in pharmacy.networks),
        ("plan.lock_in", bool(need.lock_in) and pharmacy.pharmacy_id not in need.lock_in),
    )
