"""Scans come late, twice and out of order; the prescription only moves on."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import Unavailable

from tests.breaking import CrashError, broken
from tests.builders import NOON, stored

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.fulfillment.shipping.parcels import Scan

    from tests.unit.shipping.conftest import Dock


@pytest.mark.parametrize(
    ("status", "substatus", "becomes", "event"),
    [
        ("TRANSIT", "package_departed", Status.IN_TRANSIT, "shipment_updated"),
        ("TRANSIT", "out_for_delivery", Status.OUT_FOR_DELIVERY, "shipment_updated"),
        ("DELIVERED", "delivered", Status.DELIVERED, "delivered"),
        ("FAILURE", "package_lost", Status.DELIVERY_EXCEPTION, "delivery_exception"),
        ("RETURNED", "return_to_sender", Status.RETURNED, "delivery_exception"),
    ],
)
def test_a_scan_moves_the_prescription(
    shipped: Dock, status: str, substatus: str, becomes: Status, event: str
) -> None:
    assert shipped.scanned(status, substatus) == "moved"
    assert shipped.order.status is becomes
    assert shipped.told[-1] == event
    assert shipped.tracking.status == status


def test_a_printed_label_is_noted_and_moves_nothing(shipped: Dock) -> None:
    assert shipped.scanned("PRE_TRANSIT") == "noted"
    assert shipped.order.status is Status.SHIPPED
    assert shipped.told == ["shipping_label_generated"]


def test_the_same_scan_twice_changes_nothing(shipped: Dock) -> None:
    shipped.scanned("TRANSIT")
    before = shipped.order
    assert shipped.scanned("TRANSIT") == "repeated"
    assert shipped.order == before
    assert len(shipped.shipment.updates) == 1


def test_tracking_never_moves_back(shipped: Dock) -> None:
    shipped.scanned("TRANSIT", "out_for_delivery", hours=5)
    assert shipped.scanned("TRANSIT", "package_departed", hours=2) == "noted"
    assert shipped.scanned("TRANSIT", "package_arrived", hours=6) == "noted"
    assert shipped.order.status is Status.OUT_FOR_DELIVERY


def test_any_order_of_the_same_scans_ends_delivered(a_dock: Callable[[], Dock]) -> None:
    scans = [("TRANSIT", "", 1), ("TRANSIT", "out_for_delivery", 2), ("DELIVERED", "", 3)]
    for order in permutations(scans):
        dock = a_dock()
        dock.given()
        dock.ship()
        for status, substatus, hours in order:
            dock.scanned(status, substatus, hours=hours)
        assert dock.order.status is Status.DELIVERED
        assert dock.told.count("delivered") == 1
        assert len(dock.shipment.updates) == 3


def test_an_old_trouble_that_is_told_late_does_not_stop_the_parcel(shipped: Dock) -> None:
    shipped.scanned("TRANSIT", hours=5)
    assert shipped.scanned("FAILURE", hours=2) == "noted"
    assert shipped.order.status is Status.IN_TRANSIT


def test_a_parcel_in_trouble_may_still_arrive(shipped: Dock) -> None:
    shipped.scanned("FAILURE", "address_issue", hours=2)
    assert shipped.order.hold_reason == "tracking.address_issue"
    assert shipped.scanned("DELIVERED", hours=9) == "moved"
    assert (shipped.order.status, shipped.order.hold_reason) == (Status.DELIVERED, None)


def test_a_number_that_is_not_ours_touches_nothing(shipped: Dock) -> None:
    assert shipped.scanned("DELIVERED", number="1Z_SOMEBODY_ELSES") == "unknown"
    assert shipped.order.status is Status.SHIPPED


def test_a_failed_or_cancelled_prescription_is_not_moved_by_its_parcel(shipped: Dock) -> None:
    shipped.cancel()
    assert shipped.scanned("TRANSIT") == "noted"
    assert shipped.order.status is Status.CANCELLED


def test_a_scan_that_came_during_a_failure_counts_after_the_redrive(shipped: Dock) -> None:
    shipped.orders.save(shipped.order.moved(Status.FAILED, at=NOON, failed_from=Status.SHIPPED))
    delivered = shipped.scan("DELIVERED", at=NOON + timedelta(hours=1))
    assert [shipped.hear(delivered), shipped.hear(delivered)] == ["noted", "repeated"]
    shipped.orders.save(shipped.order.moved(Status.SHIPPED, at=NOON, failed_from=None))
    say(shipped, delivered)
    assert (shipped.poll().moved, shipped.order.status) == (1, Status.DELIVERED)
    assert len(shipped.shipment.updates) == 1


def test_two_words_of_one_moment_are_not_told_for_ever(shipped: Dock) -> None:
    said = [shipped.scan(status, at=NOON) for status in ("FAILURE", "TRANSIT")]
    assert [shipped.hear(scan) for scan in said * 2] == ["moved", "moved", "repeated", "repeated"]


def test_the_poller_finds_what_a_lost_webhook_would_have_told(shipped: Dock) -> None:
    say(shipped, shipped.scan("TRANSIT", at=NOON))
    assert (shipped.poll().asked, shipped.order.status) == (1, Status.IN_TRANSIT)
    say(shipped, shipped.scan("DELIVERED", at=NOON + timedelta(hours=1)))
    assert shipped.poll().moved == 1
    assert shipped.order.status is Status.DELIVERED
    assert shipped.poll().asked == 0


def test_the_poller_and_the_webhook_agree(shipped: Dock) -> None:
    say(shipped, shipped.scan("TRANSIT", at=NOON + timedelta(hours=1)))
    shipped.scanned("TRANSIT")
    assert shipped.poll().moved == 0
    assert len(shipped.shipment.updates) == 1


def test_the_poller_goes_on_where_it_ended(shipped: Dock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pharmonico.fulfillment.shipping.poll.BATCH_MAX", 1)
    stored(shipped.orders, id="rx_02TEST", status=Status.SHIPPED)
    asked = []

    def remember(carrier: str, number: str) -> Scan | None:
        asked.append((carrier, number))
        return None

    monkeypatch.setattr(shipped.carriers, "scan", remember)
    shipped.poll()
    assert asked == []
    shipped.poll()
    assert asked == [("usps", shipped.tracking.number)]
    shipped.poll()
    assert len(asked) == 1


def test_a_parcel_on_which_the_poller_dies_keeps_no_other_from_its_turn(
    shipped: Dock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pharmonico.fulfillment.shipping.poll.BATCH_MAX", 1)
    stored(shipped.orders, id="rx_02TEST", status=Status.SHIPPED, tracking=shipped.tracking)
    with broken(shipped.carriers, "scan"), pytest.raises(CrashError):
        shipped.poll()
    say(shipped, shipped.scan("DELIVERED", at=NOON))
    assert (shipped.poll().moved, shipped.order.status) == (1, Status.DELIVERED)


def test_the_poller_raises_when_the_carrier_answers_for_none(shipped: Dock) -> None:
    silence = Unavailable("shipping.provider_unavailable", "no answer")
    with broken(shipped.carriers, "scan", silence), pytest.raises(Unavailable):
        shipped.poll()


@pytest.mark.parametrize(
    ("scans", "days", "reason"),
    [
        ([], 4, None),
        ([], 6, "tracking.not_handed_over"),
        (["PRE_TRANSIT"], 6, "tracking.not_handed_over"),
        (["TRANSIT"], 6, None),
        (["TRANSIT"], 8, "tracking.silent"),
    ],
)
def test_a_parcel_nobody_hears_of_lands_in_the_worklist_once(
    shipped: Dock, scans: list[str], days: int, reason: str | None
) -> None:
    for status in scans:
        shipped.scanned(status)
    shipped.clock.advance(timedelta(days=days))
    assert [shipped.poll().silent, shipped.poll().silent] == [int(reason is not None), 0]
    assert shipped.order.hold_reason == reason
    assert shipped.told.count("delivery_exception") == int(reason is not None)


def test_a_silent_parcel_that_is_scanned_again_goes_on(shipped: Dock) -> None:
    shipped.scanned("TRANSIT")
    shipped.clock.advance(timedelta(days=9))
    shipped.poll()
    assert shipped.order.status is Status.DELIVERY_EXCEPTION
    say(shipped, shipped.scan("TRANSIT", "out_for_delivery", at=NOON + timedelta(days=9)))
    assert (shipped.poll().moved, shipped.order.status) == (1, Status.OUT_FOR_DELIVERY)


def say(dock: Dock, scan: Scan) -> None:
    dock.carriers.scans[scan.carrier, scan.number] = scan
