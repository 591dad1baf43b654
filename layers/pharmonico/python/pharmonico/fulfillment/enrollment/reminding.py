"""Reminders on days 1, 3 and 5 of an invitation; on day 7 the machine's wait ends it.

Each reminder brings a link of its own, which kills the one before. So nobody is reminded who has
a link that still opens, and nobody whose link was locked or taken back: that is for ops to lift.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pharmonico.events.fulfillment import EnrollmentReminderRequired
from pharmonico.fulfillment.documents import Enrollment
from pharmonico.fulfillment.enrollment.links import has_live_link
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import Status
from pharmonico.fulfillment.walking import every
from pharmonico.kit.errors import VersionConflict

if TYPE_CHECKING:
    from datetime import datetime

    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.ports import Orders, Tokens
    from pharmonico.kit.clock import Clock

REMINDER_DAYS = (1, 3, 5)


def remind(*, orders: Orders, tokens: Tokens, clock: Clock) -> int:
    """Remind everyone who is due; answers how many. Running it again reminds nobody twice."""
    return sum(
        _remind_one(order, orders=orders, tokens=tokens, clock=clock)
        for order in every((Status.AWAITING_ENROLLMENT,), orders=orders)
    )


def due_day(enrollment: Enrollment, *, now: datetime) -> int | None:
    """The day whose reminder is due: the latest that has come, however many were missed."""
    since = now - (enrollment.invited_at or enrollment.started_at)
    come = [day for day in REMINDER_DAYS if since >= timedelta(days=day)]
    return come[-1] if come and come[-1] > enrollment.reminded_day else None


def _remind_one(order: Order, *, orders: Orders, tokens: Tokens, clock: Clock) -> bool:
    now = clock.now()
    if order.hold is not None:
        return False  # nobody is urged about what ops have stopped
    if now - order.created_at < timedelta(days=REMINDER_DAYS[0]):
        return False  # nothing of it needs to be read
    enrollment = orders.document(order.id, Enrollment)
    if enrollment is None or enrollment.locked or enrollment.revoked:
        return False
    day = due_day(enrollment, now=now)
    if day is None or has_live_link(order.id, tokens=tokens):
        return False
    event = record(EnrollmentReminderRequired, order, before=order, clock=clock)
    update = {"reminded_day": day, "links_sent": enrollment.links_sent + 1}
    try:
        orders.save(
            order.changed(at=now),
            events=[event],
            documents=[enrollment.model_copy(update=update)],
        )
    except VersionConflict:
        return False  # the patient or ops acted meanwhile; the next tick looks again
    return True
