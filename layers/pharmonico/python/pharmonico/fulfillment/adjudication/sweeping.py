"""Claims that were marked to be taken back and never were, because the queue gave up on them.

The queue tries for a day and a half; a payer that is away longer, or that refuses until somebody
has called it, would keep the plan's money for good. A billing anew settles its own, and what a
cancellation undoes has a failure to redrive.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pharmonico.fulfillment.adjudication.reversal import REFUSED, REVERSED, reverse_marked
from pharmonico.fulfillment.status import Status
from pharmonico.fulfillment.walking import every
from pharmonico.kit.errors import Rejected, Unavailable

if TYPE_CHECKING:
    from pharmonico.fulfillment.adjudication.claims import Payer
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

RESTS_UNBILLED = frozenset(
    {
        *(Status.RECEIVED, Status.VALIDATED, Status.AWAITING_ENROLLMENT, Status.AWAITING_ROUTING),
        *(Status.AWAITING_PHARMACY_SELECTION, Status.VALIDATION_ISSUE, Status.ENROLLMENT_EXPIRED),
        *(Status.NO_PHARMACY, Status.PAYMENT_EXPIRED, Status.FAILED),
    }
)
"""Where a prescription comes to lie when its claims were marked, before it is billed anew."""

QUIET = timedelta(hours=1)
"""Whatever was written a moment ago is still in the queue's hands."""
HORIZON = timedelta(days=90)
"""No payer takes a claim back for ever; most do for ninety days."""
SWEPT_MAX = 50
"""Prescriptions that one call asks payers about."""


def sweep(*, orders: Orders, payer: Payer, clock: Clock) -> int:
    """Try every one again; answers of how many the claims were taken back.

    A payer that refuses one may take the next; while none answers at all, nobody is asked.
    """
    now = clock.now()
    tried = swept = 0
    for order in every(RESTS_UNBILLED, orders=orders, since=now - HORIZON):
        if order.claim_id is None or now - order.updated_at < QUIET:
            continue
        try:
            outcome = reverse_marked(order.id, orders=orders, payer=payer, clock=clock)
        except Rejected:
            continue  # somebody wrote meanwhile: the next turn looks again
        except Unavailable as error:
            if error.code != REFUSED:
                break
            tried += 1
        else:
            tried += outcome is REVERSED
            swept += outcome is REVERSED
        if tried >= SWEPT_MAX:
            break
    return swept
