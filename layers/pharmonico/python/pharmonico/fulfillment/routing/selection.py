"""Command: a person chooses the pharmacy, from the ranking or with a reason against it.

The choice takes a place in the pharmacy's day by the same write, so that two who choose at once
can never overfill it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmonico.events.fulfillment import PharmacyOverridden, PharmacySelected
from pharmonico.fulfillment.documents import Ranking, RoutingOverride
from pharmonico.fulfillment.loads import Slot
from pharmonico.fulfillment.machine.ownership import resume
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.routing.gates import FULL, LAW, PHARMACIST, refusals
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict, FieldError, Forbidden, Invalid

if TYPE_CHECKING:
    from typing import Any

    from pharmonico.events.envelope import Actor, Event
    from pharmonico.fulfillment.directory import Directory, Pharmacy
    from pharmonico.fulfillment.documents import Document
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.fulfillment.routing.need import Need
    from pharmonico.kit.clock import Clock

NOTE_MAX = 1_000
REASONS = frozenset(
    {"patient_choice", "continuity", "availability", "price", "prescriber_request", "other"}
)
"""Override reasons, by code; the free text beside it says the rest."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The pharmacy; one outside the ranking needs `reason` (one of `REASONS`) and a note."""

    pharmacy_id: str
    reason: str | None = None
    note: str | None = None


def select_pharmacy(
    order_id: str,
    choice: Choice,
    *,
    actor: Actor,
    expected_revision: int,
    orders: Orders,
    directory: Directory,
    clock: Clock,
) -> Order:
    """Write the choice; of two who decided upon the same revision the second gets `StaleRevision`.

    Whoever chooses for a prescription that no pharmacy was found for, chooses against the ranking
    and takes it up again. `PharmacyFull` when somebody took the last place.
    """
    order = orders.get(order_id)
    order.expect(expected_revision)
    now, was_held = clock.now(), order.status is Status.NO_PHARMACY
    after = order.moved(
        Status.PHARMACY_SELECTED, at=now, pharmacy_id=choice.pharmacy_id, hold_reason=None
    )
    ranking = orders.document(order_id, Ranking)
    if ranking is None or ranking.need is None:
        raise Conflict("routing.not_ranked", "The pharmacies have not been ranked yet.")
    if not _is_ranked(choice, ranking):
        _words(choice)
    pharmacy = _known(choice.pharmacy_id, directory)
    override = _override(choice, pharmacy, ranking, ranking.need, actor=actor, clock=clock)
    day = pharmacy.hours.local(now).date()
    slot = Slot(pharmacy_id=pharmacy.pharmacy_id, day=day, capacity=pharmacy.capacity)
    after = after.taking(slot)
    events: list[Event[Any]] = [
        record(PharmacySelected, after, before=order, clock=clock, actor=actor)
    ]
    if override is not None:
        told = record(
            PharmacyOverridden,
            after,
            before=order,
            clock=clock,
            actor=actor,
            reason=override.reason,
        )
        events.append(told)
    if was_held:
        after, resumption = resume(after, actor=actor, clock=clock)
        events.append(resumption)
    papers: list[Document] = [_chosen(ranking, choice, actor, is_override=override is not None)]
    papers += [override] if override else []
    return orders.save(after, events=events, documents=papers)


def opened_gates(pharmacy: Pharmacy, need: Need) -> tuple[str, ...]:
    """What stands against the pharmacy, its load left out: that one the taking itself decides."""
    reasons = refusals(pharmacy, need, load=0)
    return tuple(reason for reason in reasons if reason != FULL)


def _override(
    choice: Choice,
    pharmacy: Pharmacy,
    ranking: Ranking,
    need: Need,
    *,
    actor: Actor,
    clock: Clock,
) -> RoutingOverride | None:
    """The record of a choice against the ranking, or None when it is from the ranking."""
    gates = opened_gates(pharmacy, need.model_copy(update={"at": clock.now()}))
    if _is_ranked(choice, ranking) and not gates:
        return None
    reason, note = _words(choice)
    _check_gates(gates, actor)
    return RoutingOverride(
        key=f"{clock.now():%Y%m%dT%H%M%S.%f}",
        pharmacy_id=choice.pharmacy_id,
        reason=reason,
        note=note,
        gates=gates,
        by=actor.id,
        role=actor.role,
        at=clock.now(),
    )


def _is_ranked(choice: Choice, ranking: Ranking) -> bool:
    return any(entry.pharmacy_id == choice.pharmacy_id for entry in ranking.candidates)


def _chosen(ranking: Ranking, choice: Choice, actor: Actor, *, is_override: bool) -> Ranking:
    return ranking.model_copy(
        update={
            "selected": choice.pharmacy_id,
            "selected_by": actor.id,
            "override_reason": choice.reason if is_override else None,
            "override_note": choice.note if is_override else None,
        }
    )


def _known(pharmacy_id: str, directory: Directory) -> Pharmacy:
    pharmacy = directory.pharmacy(pharmacy_id)
    if pharmacy is None:
        error = FieldError("/pharmacy_id", "pharmacy.unknown", "There is no such pharmacy.")
        raise Invalid("pharmacy.unknown", "There is no such pharmacy.", (error,))
    return pharmacy


def _words(choice: Choice) -> tuple[str, str]:
    """An override says why: a code for the statistics, words for the colleague."""
    reason, note = choice.reason, (choice.note or "").strip()
    errors = []
    if reason is None or reason not in REASONS:
        words = f"One of {', '.join(sorted(REASONS))}."
        errors.append(FieldError("/override_reason", "override.reason", words))
    if not note or len(note) > NOTE_MAX:
        words = f"Say why, in at most {NOTE_MAX} characters."
        errors.append(FieldError("/override_note", "override.note", words))
    if errors or reason is None:
        raise Invalid(
            "override.incomplete", "A pharmacy outside the ranking needs a reason.", tuple(errors)
        )
    return reason, note


def _check_gates(gates: tuple[str, ...], actor: Actor) -> None:
    """An override opens what is a preference, never what is law; some gates need a pharmacist."""
    unlawful = ", ".join(sorted(LAW & set(gates)))
    if unlawful:
        raise Conflict("override.unlawful", f"This pharmacy may not fill it: {unlawful}.")
    if PHARMACIST & set(gates) and actor.role != "pharmacist":
        raise Forbidden("override.needs_pharmacist", "Only a pharmacist may reroute this drug.")
