"""What the patient sees of the order's way."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pharmonico.adapters.memory.orders import MemoryOrders
from pharmonico.fulfillment.documents import Payment
from pharmonico.fulfillment.enrollment.whereabouts import Whereabouts, whereabouts
from pharmonico.fulfillment.order import Tracking
from pharmonico.fulfillment.shipping.papers import Shipment
from pharmonico.fulfillment.status import Status
from pharmonico.kit.money import Money

from tests.builders import stored

RX = "rx_01TEST"
TRACKING = Tracking(carrier="usps", number="92055")


def seen(status: Status, *papers: Any, **facts: Any) -> Whereabouts:
    orders = MemoryOrders()
    stored(orders, status=status, **facts)
    for paper in papers:
        orders.put_document(RX, paper)
    return whereabouts(RX, orders=orders)


def states(view: Whereabouts) -> list[str]:
    return [step.state for step in view.steps]


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_a_place_on_the_way(status: Status) -> None:
    view = seen(status, failed_from=Status.DISPENSED)
    assert view.stage
    assert bool(view.steps) is (status is not Status.CANCELLED)


def test_the_way_is_told_in_steps() -> None:
    assert states(seen(Status.PAID)) == ["done", "done", "done", "now", "next", "next"]
    assert states(seen(Status.DELIVERED)) == ["done"] * 6


def test_trouble_is_told_where_it_happened() -> None:
    rejected = seen(Status.CLAIM_REJECTED)
    assert (rejected.stage, states(rejected)[1]) == ("problem", "now")
    failed = seen(Status.FAILED, failed_from=Status.DISPENSED)
    assert (failed.stage, states(failed)[3]) == ("problem", "now")


def test_a_declined_card_may_be_tried_again() -> None:
    share = Money(amount_minor=1250)
    page = "https://checkout.example/1"
    tried = Payment(payment_id="pay_1", attempt=1, amount=share, url=page, declines=1)
    due = seen(Status.AWAITING_PAYMENT, tried, patient_pay=share).payment
    assert due is not None
    assert (due.state, due.is_payable, due.was_declined) == ("due", True, True)
    paid = tried.model_copy(update={"status": "paid"})
    after = seen(Status.PAID, paid, patient_pay=share).payment
    assert after is not None
    assert (after.state, after.is_payable, after.was_declined) == ("paid", False, False)


def test_who_owes_nothing_is_asked_for_nothing() -> None:
    due = seen(Status.PAID, patient_pay=Money(amount_minor=0)).payment
    assert due is not None
    assert (due.state, due.is_payable) == ("nothing", False)


def test_the_parcel_tells_its_news_newest_first() -> None:
    said = [
        {"status": "TRANSIT", "substatus": "package_accepted", "at": "2026-03-02T08:00:00+00:00"},
        {"status": "TRANSIT", "substatus": "out_for_delivery", "at": "2026-03-03T08:00:00+00:00"},
    ]
    shipment = Shipment(
        shipment_id="shp_1",
        planned_at=datetime(2026, 3, 1, tzinfo=UTC),
        tracking_url="https://carrier.example/92055",
        updates=tuple(said),
    )
    parcel = seen(Status.OUT_FOR_DELIVERY, shipment, tracking=TRACKING).parcel
    assert parcel is not None
    assert [scan.status for scan in parcel.scans] == ["OUT_FOR_DELIVERY", "TRANSIT"]
    voided = shipment.model_copy(update={"voided": True})
    assert seen(Status.CANCELLED, voided, tracking=TRACKING).parcel is None
