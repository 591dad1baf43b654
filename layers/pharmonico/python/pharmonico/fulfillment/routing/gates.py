"""What a pharmacy must be able to do at all; each refusal has a reason for "why not"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pharmonico.fulfillment.directory import Pharmacy
    from pharmonico.fulfillment.routing.scoring import Need

LAW = frozenset({"license.state", "controlled.not_registered"})
"""Gates that no override opens."""

PHARMACIST = frozenset({"controlled.addressed_elsewhere"})
"""Gates that only a pharmacist opens."""


def refusals(pharmacy: Pharmacy, need: Need) -> tuple[str, ...]:
    """Every reason against this pharmacy; empty when it may fill the prescription."""
    gates = (*_licences(pharmacy, need), *_abilities(pharmacy, need), *_payers(pharmacy, need))
    return tuple(reason for reason, closed in gates if closed)


def _licences(pharmacy: Pharmacy, need: Need) -> tuple[tuple[str, bool], ...]:
    elsewhere = need.addressed_to not in (None, pharmacy.pharmacy_id)
    return (
        ("license.state", need.state not in pharmacy.licensed_states),
        ("controlled.not_registered", need.controlled and not pharmacy.controlled),
        ("controlled.addressed_elsewhere", need.controlled and elsewhere),
    )


def _abilities(pharmacy: Pharmacy, need: Need) -> tuple[tuple[str, bool], ...]:
    return (
        ("specialty.not_carried", need.specialty is not None and not pharmacy.specialties),
        ("cold_chain.not_able", need.cold_chain and not pharmacy.cold_chain),
        ("capacity.full", pharmacy.load >= pharmacy.capacity),
        ("pharmacy.closed", not pharmacy.is_open),
    )


def _payers(pharmacy: Pharmacy, need: Need) -> tuple[tuple[str, bool], ...]:
    plan = need.plan
    if plan is None:
        return ()
    return (
        ("network.out_of_plan", plan.network not in pharmacy.networks),
        ("plan.lock_in", bool(plan.lock_in) and pharmacy.pharmacy_id not in plan.lock_in),
    )
