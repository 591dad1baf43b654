"""Command: a person chooses the pharmacy, from the ranking or with a reason against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.events.fulfillment import PharmacySelected
from pharmonico.fulfillment.documents import Enrollment, Ranking
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.routing.gates import LAW, PHARMACIST, refusals
from pharmonico.fulfillment.routing.stage import need_of
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict, FieldError, Forbidden, Invalid

if TYPE_CHECKING:
    from pharmonico.events.envelope import Actor
    from pharmonico.fulfillment.directory import Directory, Pharmacy
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.fulfillment.routing.scoring import Need
    from pharmonico.kit.clock import Clock

NOTE_MAX = 1_000
REASONS = frozenset(
    {"patient_choice", "continuity", "availability", "price", "prescriber_request", "other"}
)
"""Override reasons, by code; the free text beside it says the rest."""


def select_pharmacy(
    order_id: str,
    pharmacy_id: str,
    *,
    actor: Actor,
    expected_revision: int,
    orders: Orders,
    directory: Directory,
    clock: Clock,
    override_reason: str | None = None,
    override_note: str | None = None,
) -> Order:
    """Write the choice; of two who decided upon the same revision the second gets `StaleRevision`.

    A pharmacy outside the ranking needs `override_reason` (one of `REASONS`) and a note.
    """
    order = orders.get(order_id)
    order.expect(expected_revision)
    after = order.moved(Status.PHARMACY_SELECTED, at=clock.now(), pharmacy_id=pharmacy_id)
    ranking = orders.document(order_id, Ranking)
    if ranking is None:
        raise Conflict("routing.not_ranked", "The pharmacies have not been ranked yet.")
    is_ranked = any(entry.pharmacy_id == pharmacy_id for entry in ranking.candidates)
    if not is_ranked:
        _check_words(override_reason, override_note)
        enrollment = orders.document(order_id, Enrollment)
        need = need_of(order, enrollment, orders=orders, directory=directory, clock=clock)
        _check_gates(_known(pharmacy_id, directory), need, actor)
    chosen = ranking.model_copy(
        update={
            "selected": pharmacy_id,
            "selected_by": actor.id,
            "override_reason": None if is_ranked else override_reason,
            "override_note": None if is_ranked else override_note,
        }
    )
    event = record(PharmacySelected, after, before=order, clock=clock, actor=actor)
    return orders.save(after, events=[event], documents=[chosen])


def _known(pharmacy_id: str, directory: Directory) -> Pharmacy:
    pharmacy = directory.pharmacy(pharmacy_id)
    if pharmacy is None:
        error = FieldError("/pharmacy_id", "pharmacy.unknown", "There is no such pharmacy.")
        raise Invalid("pharmacy.unknown", "There is no such pharmacy.", (error,))
    return pharmacy


def _check_words(reason: str | None, note: str | None) -> None:
    """An override says why: a code for the statistics, words for the colleague."""
    errors = []
    if reason not in REASONS:
        words = f"One of {', '.join(sorted(REASONS))}."
        errors.append(FieldError("/override_reason", "override.reason", words))
    if not note or not note.strip() or len(note) > NOTE_MAX:
        words = f"Say why, in at most {NOTE_MAX} characters."
        errors.append(FieldError("/override_note", "override.note", words))
    if errors:
        raise Invalid(
            "override.incomplete", "A pharmacy outside the ranking needs a reason.", tuple(errors)
        )


def _check_gates(pharmacy: Pharmacy, need: Need | None, actor: Actor) -> None:
    """An override opens what is a preference, never what is law; some gates need a pharmacist."""
    reasons = set(refusals(pharmacy, need)) if need else set()
    unlawful = ", ".join(sorted(reasons & LAW))
    if unlawful:
        raise Conflict("override.unlawful", f"This pharmacy may not fill it: {unlawful}.")
    if reasons & PHARMACIST and actor.role != "pharmacist":
        raise Forbidden("override.needs_pharmacist", "Only a pharmacist may reroute this drug.")
