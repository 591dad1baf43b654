"""Ops take an invitation back: nothing that was sent opens any more, until they send a new link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmonico.fulfillment.enrollment.enroll import open_enrollment
from pharmonico.fulfillment.enrollment.links import kill_link
from pharmonico.fulfillment.enrollment.sessions import close_sessions
from pharmonico.fulfillment.retrying import on_conflict

if TYPE_CHECKING:
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders, Tokens
    from pharmonico.kit.clock import Clock

REVOKED = "enrollment.revoked"


def revoke(order_id: str, *, orders: Orders, tokens: Tokens, clock: Clock) -> Order:
    """End the live link and the session; what the patient saved stays. Twice is once.

    Raises NotFound `enrollment.not_found`, Conflict `enrollment.submitted`, Gone
    `enrollment.closed`.
    """

    def attempt() -> Order:
        order, enrollment = open_enrollment(order_id, orders=orders)
        if enrollment.revoked:
            return order
        return orders.save(
            order.changed(at=clock.now(), hold_reason=REVOKED),
            documents=[enrollment.model_copy(update={"revoked": True})],
        )

    order = on_conflict(attempt)
    # The mark comes first: a link that is minted meanwhile is dead as well.
    kill_link(order_id, tokens=tokens)
    close_sessions(order_id, tokens=tokens)
    return order
