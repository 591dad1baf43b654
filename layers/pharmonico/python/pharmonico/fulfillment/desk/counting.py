"""How many prescriptions stand behind each tab of the dashboard, counted in the status index."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import BaseModel

from pharmonico.fulfillment.status import Status

if TYPE_CHECKING:
    from pharmonico.fulfillment.desk.ports import OpenFailures
    from pharmonico.fulfillment.ports import Orders, Tokens
    from pharmonico.kit.clock import Clock

COUNTED_MAX = 1_000
"""Per status: beyond that nobody reads the figure, and counting costs."""
KEPT_S = 10
"""All dashboards share one count for as long; they ask every half minute."""
KEPT_AS = "desk_counts"


class Tab(StrEnum):
    INTAKE = "intake"
    VALIDATION = "validation"
    ENROLLMENT = "enrollment"
    SELECTION = "selection"
    ADJUDICATION = "adjudication"
    PAYMENT = "payment"
    DISPENSING = "dispensing"
    SHIPPING = "shipping"
    FAILURES = "failures"


S = Status

STATUSES: dict[Tab, tuple[Status, ...]] = {
    Tab.INTAKE: (S.RECEIVED, S.VALIDATED),
    Tab.VALIDATION: (S.VALIDATION_ISSUE,),
    Tab.ENROLLMENT: (S.AWAITING_ENROLLMENT, S.ENROLLMENT_EXPIRED),
    Tab.SELECTION: (S.AWAITING_ROUTING, S.AWAITING_PHARMACY_SELECTION, S.NO_PHARMACY),
    Tab.ADJUDICATION: (S.PHARMACY_SELECTED, S.CLAIM_REJECTED),
    Tab.PAYMENT: (S.ADJUDICATED, S.AWAITING_PAYMENT, S.PAYMENT_FAILED, S.PAYMENT_EXPIRED),
    Tab.DISPENSING: (S.PAID, S.AWAITING_DISPENSE),
    Tab.SHIPPING: (
        *(S.DISPENSED, S.SHIPPING_ISSUE, S.SHIPPED, S.IN_TRANSIT),
        *(S.OUT_FOR_DELIVERY, S.DELIVERED, S.DELIVERY_EXCEPTION),
    ),
}
"""The open statuses behind each tab; failures are counted as they are shown, and what has ended
is under no tab."""


class StatusCount(BaseModel):
    """`more` says that the count ended at its limit."""

    status: Status
    count: int
    more: bool


class TabCount(BaseModel):
    """The sum of its statuses; `statuses` are the filter of the list behind it."""

    tab: Tab
    count: int
    more: bool
    statuses: list[StatusCount]


class Counts(BaseModel):
    """As of that moment; the same for everybody for ten seconds."""

    tabs: list[TabCount]
    counted_at: datetime


def counts(*, orders: Orders, failures: OpenFailures, tokens: Tokens, clock: Clock) -> Counts:
    """The counts, from the last few seconds where somebody asked then."""
    if kept := tokens.get(KEPT_AS):
        return Counts.model_validate_json(kept)
    found = count(orders=orders, failures=failures, clock=clock)
    tokens.put(KEPT_AS, found.model_dump_json(), ttl_s=KEPT_S)
    return found


def count(*, orders: Orders, failures: OpenFailures, clock: Clock) -> Counts:
    """Counted now."""
    tabs = [_tab(tab, statuses, orders) for tab, statuses in STATUSES.items()]
    stopped = len(failures.open(limit=COUNTED_MAX))
    limit_met = stopped == COUNTED_MAX
    tabs.append(TabCount(tab=Tab.FAILURES, count=stopped, more=limit_met, statuses=[]))
    return Counts(tabs=tabs, counted_at=clock.now())


def _tab(tab: Tab, statuses: tuple[Status, ...], orders: Orders) -> TabCount:
    each = []
    for status in statuses:
        found = orders.count(status, limit=COUNTED_MAX)
        each.append(StatusCount(status=status, count=found, more=found == COUNTED_MAX))
    return TabCount(
        tab=tab,
        count=sum(one.count for one in each),
        more=any(one.more for one in each),
        statuses=each,
    )
