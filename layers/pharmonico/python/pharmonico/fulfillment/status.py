"""The states of a prescription and the only table of its legal moves."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    RECEIVED = "received"
    VALIDATED = "validated"
    AWAITING_ENROLLMENT = "awaiting_enrollment"
    AWAITING_ROUTING = "awaiting_routing"
    AWAITING_PHARMACY_SELECTION = "awaiting_pharmacy_selection"
    PHARMACY_SELECTED = "pharmacy_selected"
    ADJUDICATED = "adjudicated"
    AWAITING_PAYMENT = "awaiting_payment"
    PAID = "paid"
    AWAITING_DISPENSE = "awaiting_dispense"
    DISPENSED = "dispensed"
    SHIPPED = "shipped"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    VALIDATION_ISSUE = "validation_issue"
    ENROLLMENT_EXPIRED = "enrollment_expired"
    NO_PHARMACY = "no_pharmacy"
    CLAIM_REJECTED = "claim_rejected"
    PAYMENT_FAILED = "payment_failed"
    PAYMENT_EXPIRED = "payment_expired"
    SHIPPING_ISSUE = "shipping_issue"
    DELIVERY_EXCEPTION = "delivery_exception"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    FAILED = "failed"


S = Status

STRAIGHT_WAY: tuple[Status, ...] = tuple(list(Status)[: list(Status).index(S.COMPLETED) + 1])
"""The sixteen states of an undisturbed prescription, in order."""

_FORWARD: dict[Status, frozenset[Status]] = {
    S.RECEIVED: frozenset({S.VALIDATED, S.VALIDATION_ISSUE}),
    S.VALIDATED: frozenset({S.AWAITING_ENROLLMENT, S.AWAITING_ROUTING, S.ENROLLMENT_EXPIRED}),
    S.AWAITING_ENROLLMENT: frozenset({S.AWAITING_ROUTING, S.ENROLLMENT_EXPIRED}),
    S.AWAITING_ROUTING: frozenset({S.AWAITING_PHARMACY_SELECTION, S.NO_PHARMACY}),
    S.AWAITING_PHARMACY_SELECTION: frozenset({S.PHARMACY_SELECTED, S.NO_PHARMACY}),
    S.PHARMACY_SELECTED: frozenset({S.ADJUDICATED, S.CLAIM_REJECTED}),
    S.ADJUDICATED: frozenset({S.AWAITING_PAYMENT, S.PAID, S.PAYMENT_FAILED}),
    S.AWAITING_PAYMENT: frozenset({S.PAID, S.PAYMENT_FAILED, S.PAYMENT_EXPIRED}),
    S.PAID: frozenset({S.AWAITING_DISPENSE}),
    S.AWAITING_DISPENSE: frozenset({S.DISPENSED, S.AWAITING_ROUTING, S.PHARMACY_SELECTED}),
    S.DISPENSED: frozenset({S.SHIPPED, S.SHIPPING_ISSUE}),
    S.SHIPPED: frozenset(
        {
            *(S.IN_TRANSIT, S.OUT_FOR_DELIVERY, S.DELIVERED, S.DELIVERY_EXCEPTION, S.RETURNED),
            S.SHIPPING_ISSUE,
        }
    ),
    S.IN_TRANSIT: frozenset({S.OUT_FOR_DELIVERY, S.DELIVERED, S.DELIVERY_EXCEPTION, S.RETURNED}),
    S.OUT_FOR_DELIVERY: frozenset({S.DELIVERED, S.DELIVERY_EXCEPTION, S.RETURNED}),
    S.DELIVERED: frozenset({S.COMPLETED}),
    S.VALIDATION_ISSUE: frozenset({S.VALIDATED}),
    S.ENROLLMENT_EXPIRED: frozenset({S.VALIDATED}),
    S.NO_PHARMACY: frozenset({S.AWAITING_ROUTING, S.PHARMACY_SELECTED}),
    S.CLAIM_REJECTED: frozenset({S.PHARMACY_SELECTED}),
    S.PAYMENT_FAILED: frozenset({S.AWAITING_PAYMENT, S.ADJUDICATED, S.PAID, S.PHARMACY_SELECTED}),
    S.PAYMENT_EXPIRED: frozenset({S.AWAITING_PAYMENT, S.ADJUDICATED, S.PAID, S.PHARMACY_SELECTED}),
    S.SHIPPING_ISSUE: frozenset({S.DISPENSED}),
    S.DELIVERY_EXCEPTION: frozenset(
        {S.IN_TRANSIT, S.OUT_FOR_DELIVERY, S.DELIVERED, S.RETURNED, S.SHIPPING_ISSUE}
    ),
}

TERMINAL = frozenset({S.COMPLETED, S.CANCELLED, S.RETURNED})
IN_MACHINE = frozenset(STRAIGHT_WAY) - {S.COMPLETED}
"""States in which an execution must own the prescription; all others rest with people."""

_CANCELLABLE = frozenset(STRAIGHT_WAY[: STRAIGHT_WAY.index(S.SHIPPED) + 1]) | {
    S.VALIDATION_ISSUE,
    S.ENROLLMENT_EXPIRED,
    S.NO_PHARMACY,
    S.CLAIM_REJECTED,
    S.PAYMENT_FAILED,
    S.PAYMENT_EXPIRED,
    S.SHIPPING_ISSUE,
    S.FAILED,
}
"""Cancelling is possible until the carrier's first scan."""

CHANGEABLE = frozenset(STRAIGHT_WAY[1 : STRAIGHT_WAY.index(S.AWAITING_DISPENSE) + 1]) | {
    S.VALIDATION_ISSUE,
    S.ENROLLMENT_EXPIRED,
    S.NO_PHARMACY,
    S.CLAIM_REJECTED,
    S.PAYMENT_FAILED,
    S.PAYMENT_EXPIRED,
}
"""Until something leaves the shelf the prescriber may change it: then it is validated anew."""

FREES_SLOT = frozenset({S.RECEIVED, S.AWAITING_ROUTING, S.NO_PHARMACY, S.RETURNED, S.CANCELLED})
"""Whatever comes here no longer takes a place in a pharmacy's day.

A completed one has taken it: the pharmacy did its work, and when the parcel is there that day is
over, so that a place given back would be one write more and of no use to anybody.
"""

RESUME_AT: dict[Status, str] = {
    S.RECEIVED: "Validate",
    S.VALIDATED: "AwaitEnrollment",
    S.AWAITING_ENROLLMENT: "AwaitEnrollment",
    S.AWAITING_ROUTING: "Route",
    S.AWAITING_PHARMACY_SELECTION: "AwaitSelection",
    S.PHARMACY_SELECTED: "Adjudicate",
    S.ADJUDICATED: "AwaitPayment",
    S.AWAITING_PAYMENT: "AwaitPayment",
    S.PAID: "AwaitDispense",
    S.AWAITING_DISPENSE: "AwaitDispense",
    S.DISPENSED: "Ship",
    S.SHIPPED: "AwaitDelivery",
    S.IN_TRANSIT: "AwaitDelivery",
    S.OUT_FOR_DELIVERY: "AwaitDelivery",
    S.DELIVERED: "Complete",
}
"""The state of the machine that takes a prescription up again, by its status."""


def may_move(origin: Status, target: Status) -> bool:
    """Whether the table allows the move; failing and redriving are allowed in the machine only."""
    if target is S.CANCELLED:
        return origin in _CANCELLABLE
    if target is S.FAILED:
        return origin in IN_MACHINE
    if origin is S.FAILED:
        return target in IN_MACHINE
    if target is S.RECEIVED:
        return origin in CHANGEABLE
    return target in _FORWARD.get(origin, frozenset())


def reached(status: Status, milestone: Status) -> bool:
    """Whether a prescription on the straight way is at the milestone or beyond it."""
    if status not in STRAIGHT_WAY:
        return False
    return STRAIGHT_WAY.index(status) >= STRAIGHT_WAY.index(milestone)
