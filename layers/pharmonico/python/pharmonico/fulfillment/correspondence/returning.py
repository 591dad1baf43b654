"""Command: give a prescription back to its prescriber, who has to write another one.

It ends here: the Error goes out in the write that cancels, and what was done so far is undone as
for every cancellation. Whoever only wants to ask something asks for a change instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncpdp.script import reply_error

from pharmonico.fulfillment.cancellation import cancel
from pharmonico.fulfillment.correspondence.outgoing import compose, message_id_of, sent_time
from pharmonico.fulfillment.correspondence.writing import original_of
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Conflict

if TYPE_CHECKING:
    from pharmonico.fulfillment.correspondence.outgoing import Composed
    from pharmonico.fulfillment.correspondence.papers import ReturnReason
    from pharmonico.fulfillment.correspondence.requesting import Study
    from pharmonico.fulfillment.order import Order

RETURNABLE = frozenset(
    {Status.VALIDATION_ISSUE, Status.NO_PHARMACY, Status.CLAIM_REJECTED, Status.ENROLLMENT_EXPIRED}
)
"""Where it rests with people who cannot go on; everywhere else it is cancelled, not returned."""
RETURNED = "returned_to_prescriber"
REFUSED = "900"
CAUSE = "returned"


def give_back(
    order_id: str, *, reason: ReturnReason, text: str, expected_revision: int, study: Study
) -> Order:
    """End it and say so by Error 900, with the reason as its code and in words.

    Returned twice it is returned once; `Conflict` where it does not rest.
    """

    def said(order: Order) -> Composed:
        message = reply_error(
            original_of(order_id, orders=study.orders),
            REFUSED,
            reason,
            text.strip(),
            message_id=message_id_of(order_id, CAUSE),
            sent_time=sent_time(study.clock.now()),
        )
        return compose(order, message, about=reason, clock=study.clock, actor=study.actor)

    order = study.orders.get(order_id)
    if order.status is Status.CANCELLED and order.hold_reason == RETURNED:
        return order
    if order.status not in RETURNABLE:
        raise Conflict("return.not_resting", f"It is {order.status}: cancel it, or wait.")
    return cancel(
        order_id,
        reason=RETURNED,
        actor=study.actor,
        orders=study.orders,
        clock=study.clock,
        expected_revision=expected_revision,
        said=said,
    )
