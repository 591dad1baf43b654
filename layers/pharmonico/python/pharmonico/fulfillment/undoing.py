"""What a cancellation undoes, by the state it comes in: the one table of it.

The compensations look at the papers and skip what never happened; this says what they are to find.
A test holds the two together for every state, and a page of the documentation is written from here.
"""

from __future__ import annotations

from enum import StrEnum

from pharmonico.fulfillment.status import IN_MACHINE, Status, may_move, reached


class Undo(StrEnum):
    """One thing that is undone; the value is how the documentation calls it."""

    EXECUTION = "execution stopped, open wait ended"
    PLACE = "place in the pharmacy's day freed"
    CLAIM = "claim reversed (B2)"
    CHECKOUT = "checkout closed"
    REFUND = "payment refunded"
    RESTOCK = "return to stock noted for the pharmacy"
    LABEL = "label voided"


MILESTONES: dict[Undo, Status] = {
    Undo.PLACE: Status.PHARMACY_SELECTED,
    Undo.CLAIM: Status.ADJUDICATED,
    Undo.CHECKOUT: Status.AWAITING_PAYMENT,
    Undo.REFUND: Status.PAID,
    Undo.RESTOCK: Status.DISPENSED,
    Undo.LABEL: Status.SHIPPED,
}
"""From this status on there is something of the kind to undo."""

STANDS_AT: dict[Status, Status] = {
    Status.VALIDATION_ISSUE: Status.RECEIVED,
    Status.ENROLLMENT_EXPIRED: Status.AWAITING_ENROLLMENT,
    Status.NO_PHARMACY: Status.AWAITING_ROUTING,
    Status.CLAIM_REJECTED: Status.PHARMACY_SELECTED,
    Status.PAYMENT_FAILED: Status.AWAITING_PAYMENT,
    Status.PAYMENT_EXPIRED: Status.AWAITING_PAYMENT,
    Status.SHIPPING_ISSUE: Status.DISPENSED,
}
"""How far a prescription has come that rests beside the straight way."""


def undone_from(status: Status, *, failed_from: Status | None = None) -> tuple[Undo, ...]:
    """What is undone when it is cancelled in this state; nothing where it cannot be.

    What failed stands where the failure interrupted it.
    """
    if not may_move(status, Status.CANCELLED):
        return ()
    origin = failed_from if status is Status.FAILED and failed_from else status
    place = STANDS_AT.get(origin, origin)
    found = [undo for undo, milestone in MILESTONES.items() if reached(place, milestone)]
    return tuple([Undo.EXECUTION] if status in IN_MACHINE else []) + tuple(found)
