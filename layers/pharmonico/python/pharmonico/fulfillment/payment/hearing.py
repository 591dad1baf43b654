"""Every kind of notice goes to whoever works it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.payment import afterwards, notices
from pharmonico.fulfillment.payment.checkout import DisputeNotice, Notice, RefundNotice

if TYPE_CHECKING:
    from pharmonico.fulfillment.machine.work import Outcome
    from pharmonico.fulfillment.payment.checkout import Checkouts
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

NEEDS_PEOPLE = frozenset(
    each.outcome for each in (notices.MISMATCH, notices.REFUNDED_BEFORE, afterwards.DISPUTED)
)
"""Outcomes that somebody has to look at, so that they are logged as errors."""


def hear(
    notice: Notice | RefundNotice | DisputeNotice,
    *,
    orders: Orders,
    checkouts: Checkouts,
    clock: Clock,
) -> Outcome:
    """Work the notice in; the outcome says what it changed."""
    match notice:
        case Notice():
            return notices.hear(notice, orders=orders, checkouts=checkouts, clock=clock)
        case RefundNotice():
            return afterwards.hear_refund(notice, orders=orders, checkouts=checkouts, clock=clock)
        case DisputeNotice():
            return afterwards.hear_dispute(notice, orders=orders, checkouts=checkouts, clock=clock)
