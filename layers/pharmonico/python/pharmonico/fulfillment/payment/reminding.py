"""Reminders on days 1 and 3 of an awaited payment; on day 7 the machine's wait ends it.

A checkout page lives for a day and the wait for a week. Usually the provider tells of a page that
ran out; where it did not, the next look makes the fresh one. The short link that the patient has
leads to whatever page is open, so a fresh page alone is no reason to write to anybody.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pharmonico.events.fulfillment import PaymentReminderRequired
from pharmonico.events.fulfillment_payments import PaymentLinkRenewed
from pharmonico.fulfillment.machine.waits import Wait, WaitName
from pharmonico.fulfillment.payment.papers import RENEWALS_MAX, live_link, papers
from pharmonico.fulfillment.payment.stage import issue
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import Status
from pharmonico.fulfillment.walking import every
from pharmonico.kit.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pharmonico.events.envelope import Event
    from pharmonico.fulfillment.documents import Document
    from pharmonico.fulfillment.order import Order
    from pharmonico.fulfillment.payment.checkout import Checkouts
    from pharmonico.fulfillment.ports import Orders
    from pharmonico.kit.clock import Clock

REMINDER_DAYS = (1, 3)
ACTED_MAX = 200
"""Links and reminders of one tick; what is left waits for the next."""


def remind(*, orders: Orders, checkouts: Checkouts, clock: Clock) -> int:
    """Remind and renew what is due; answers how many. At once again, it finds nothing to do."""
    acted = 0
    for order in every((Status.AWAITING_PAYMENT,), orders=orders):
        acted += _look_at(order, orders=orders, checkouts=checkouts, clock=clock)
        if acted >= ACTED_MAX:
            break
    return acted


def due_day(wait: Wait, *, now: datetime) -> int | None:
    """The day whose reminder is due: the latest that has come, however many were missed."""
    come = [day for day in REMINDER_DAYS if now - wait.opened_at >= timedelta(days=day)]
    return come[-1] if come and come[-1] > wait.reminded_day else None


def _look_at(order: Order, *, orders: Orders, checkouts: Checkouts, clock: Clock) -> bool:
    wait, now = order.wait, clock.now()
    if wait is None or wait.name is not WaitName.PAYMENT or order.hold is not None:
        return False  # nobody is asked to pay for what ops have stopped
    if now - wait.opened_at < timedelta(days=REMINDER_DAYS[0]):
        return False  # its page is as young: nothing of it needs to be read
    payments = papers(order.id, orders=orders)
    day, is_live = due_day(wait, now=now), live_link(payments, at=now) is not None
    if is_live and day is None:
        return False
    if not is_live and len(payments) >= RENEWALS_MAX:
        return False
    after: Order = order.changed(at=now)
    events: list[Event[Any]] = []
    documents: Sequence[Document] = ()
    try:
        if not is_live:
            link = issue(
                order, payments, event=PaymentLinkRenewed, checkouts=checkouts, clock=clock
            )
            after, events, documents = link.order, [link.event], link.papers
        if day is not None:
            reminded = wait.model_copy(update={"reminded_day": day})
            after = after.changed(at=now, wait=reminded)
            events.append(record(PaymentReminderRequired, after, before=order, clock=clock))
        orders.save(after, events=events, documents=documents)
    except Rejected:
        return False  # paid or written meanwhile, or refused for good: the others come all the same
    return True
