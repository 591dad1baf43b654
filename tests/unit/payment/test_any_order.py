"""Stripe's events in any order and any number of times come to one and the same end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pharmonico.fulfillment.payment.ledger import back_minor, left_minor
from pharmonico.fulfillment.payment.papers import papers
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Rejected
from pharmonico.kit.money import Money

from tests.unit.payment.conftest import RX, SHARE, Till
from tests.unit.payment.test_payment_links import a_claim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pharmonico.fulfillment.payment.checkout import DisputeNotice, Notice, RefundNotice

    Heard = Notice | RefundNotice | DisputeNotice

ATTEMPTS = (1, 2, 3)
STARTS = st.sampled_from(["awaited", "cancelled", "expired and billed anew", "failed"])
PAYMENTS = st.dictionaries(st.sampled_from(ATTEMPTS), st.sampled_from([0, -250, 400]))
"""Which pages were paid, and by how much too little or too much."""

REFUNDS = st.lists(st.sampled_from(["pending", "succeeded", "failed"]), max_size=3)
DISPUTES = st.lists(st.sampled_from(["open", "won"]), max_size=2)
SMALL = Money(amount_minor=100)


def a_till(start: str) -> Till:
    """A prescription with three pages, the last one open."""
    till = Till()
    till.given()
    till.ask()
    for _ in ATTEMPTS[1:]:
        till.resend()
    if start == "cancelled":
        till.rests_as(Status.CANCELLED)
    if start == "expired and billed anew":
        till.rests_as(Status.PAYMENT_EXPIRED)
        till.orders.put_document(RX, a_claim("reversing"))
    if start == "failed":
        till.rests_as(Status.FAILED)
    for attempt in ATTEMPTS[:-1]:
        till.checkouts.reopen(f"cs_{attempt}")
    return till


def what_happened(
    till: Till, paid: dict[int, int], refunds: Sequence[str], disputes: Sequence[str]
) -> list[Heard]:
    """Everything that Stripe has to tell; the money has moved there already."""
    told: list[Heard] = [
        till.notice("declined", "evt_declined", attempt=1),
        till.notice("expired", "evt_expired", attempt=2),
    ]
    for attempt, off in sorted(paid.items()):
        amount = Money(amount_minor=SHARE.amount_minor + off)
        told.append(till.pays(attempt, amount=amount))
    first = min(paid, default=None)
    if first is None:
        return told
    intent: Any = {"payment_intent": f"pi_cs_{first}", "bearer": (RX, first)}
    if "succeeded" in refunds and "failed" not in refunds:
        till.checkouts.take_back(intent["payment_intent"], SMALL.amount_minor)
    by_hand = {"amount": SMALL, **intent}
    told += [till.refund_notice(status, **by_hand) for status in refunds]
    if disputes and "won" not in disputes:
        till.checkouts.disputed.add(intent["payment_intent"])
    return told + [till.dispute_notice(status, **intent) for status in disputes]


def hear_all(till: Till, told: list[Heard]) -> None:
    """What we could not carry out yet, Stripe tells again."""
    again = []
    for notice in told:
        try:
            till.hear(notice)
        except Rejected:
            again.append(notice)
    for notice in again:
        till.hear(notice)


def end_of(till: Till) -> dict[str, Any]:
    """How it stands; of several pages that were rightly paid, any one may be what counts."""
    payments = papers(RX, orders=till.orders)
    shown = [(each.status, left_minor(each), back_minor(each), each.problem) for each in payments]
    return {
        "status": till.order.status,
        "alerts": till.order.alerts,
        "kept": till.checkouts.kept_minor,
        "payments": sorted(shown, key=str),
        "declines": sum(each.declines for each in payments),
        "disputes": [sorted(one.status for one in each.disputes) for each in payments],
    }


@settings(max_examples=150, deadline=None)
@given(
    start=STARTS,
    paid=PAYMENTS,
    refunds=REFUNDS,
    disputes=DISPUTES,
    order=st.randoms(use_true_random=False),
)
def test_any_order_comes_to_the_same_end(
    start: str, paid: dict[int, int], refunds: list[str], disputes: list[str], order: Any
) -> None:
    rights = [attempt for attempt, off in paid.items() if off == 0]
    if len(rights) > 1:  # which of them counts is a matter of order, and so is what went back of it
        refunds, disputes = [], []
    ends = []
    for is_shuffled in (False, True):
        till = a_till(start)
        told = what_happened(till, paid, refunds, disputes)
        if is_shuffled:
            told = told + order.sample(told, k=order.randrange(len(told) + 1))
            order.shuffle(told)
        hear_all(till, told)
        ends.append(end_of(till))
    assert ends[0] == ends[1]


@settings(max_examples=60, deadline=None)
@given(start=STARTS, paid=PAYMENTS, again=st.integers(1, 3))
def test_what_was_heard_once_changes_nothing_again(
    start: str, paid: dict[int, int], again: int
) -> None:
    till = a_till(start)
    told = what_happened(till, paid, ["succeeded"], ["open"])
    hear_all(till, told)
    before, events = end_of(till), len(till.told)
    for notice in told * again:
        till.hear(notice)
    assert (end_of(till), len(till.told)) == (before, events)
