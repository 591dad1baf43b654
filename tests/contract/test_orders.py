"""What every store of prescriptions must do."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.adapters.dynamodb import listing
from pharmonico.adapters.dynamodb.items import envelope
from pharmonico.adapters.dynamodb.orders import DynamoOrders
from pharmonico.events.fulfillment import PrescriptionValidated
from pharmonico.fulfillment.errors import DuplicateMessage, OrderNotFound
from pharmonico.fulfillment.order import Hold, Origin
from pharmonico.fulfillment.ports import OrderQuery, Pointer, Pointers
from pharmonico.fulfillment.recording import record
from pharmonico.fulfillment.status import Status
from pharmonico.kit.errors import VersionConflict
from pharmonico.kit.packing import unpack_text

from tests.builders import NOON, a_clock, an_order
from tests.contract.conftest import create_orders_table
from tests.contract.stored_orders import ENROLLMENT, RX, created

if TYPE_CHECKING:
    from pharmonico.fulfillment.ports import Orders


def ids(orders: Orders, **query: Any) -> list[str]:
    return [order.id for order in orders.page(OrderQuery(**query)).items]


def test_a_new_order_is_read_back_whole(orders: Orders) -> None:
    order = created(orders)
    assert order.version == 1
    assert orders.get(RX) == order


def test_an_order_that_was_never_stored_is_not_found(orders: Orders) -> None:
    with pytest.raises(OrderNotFound):
        orders.get(RX)


def test_the_same_message_twice_names_the_first_order(orders: Orders) -> None:
    created(orders)
    again = Pointers(message=f"m-{RX}", order_number=None, body_hash="other")
    with pytest.raises(DuplicateMessage) as twice:
        orders.create(an_order(id="rx_02"), pointers=again, events=[], documents=[])
    assert (twice.value.order_id, twice.value.body_hash) == (RX, "body")
    with pytest.raises(OrderNotFound):
        orders.get("rx_02")


def test_an_order_is_found_by_message_and_by_order_number(orders: Orders) -> None:
    created(orders)
    expected = Pointer(RX, "body")
    assert orders.find_message(f"m-{RX}") == expected
    assert orders.find_order_number(f"n-{RX}") == expected
    assert orders.find_message("another") is None
    assert orders.find_order_number("another") is None


def test_every_save_raises_the_version(orders: Orders) -> None:
    order = created(orders)
    moved = orders.save(order.moved(Status.VALIDATED, at=NOON))
    assert (moved.version, orders.get(RX).status) == (2, Status.VALIDATED)


def test_of_two_who_read_the_same_version_one_is_refused(orders: Orders) -> None:
    order = created(orders)
    orders.save(order.moved(Status.VALIDATED, at=NOON))
    with pytest.raises(VersionConflict):
        orders.save(order.moved(Status.VALIDATION_ISSUE, at=NOON))
    assert orders.get(RX).status is Status.VALIDATED


def test_lists_are_newest_first_and_filtered_by_status(orders: Orders) -> None:
    for number in (1, 3, 2):
        created(orders, f"rx_{number}")
    orders.save(orders.get("rx_2").moved(Status.VALIDATED, at=NOON))
    assert ids(orders) == ["rx_3", "rx_2", "rx_1"]
    assert ids(orders, statuses=(Status.RECEIVED,)) == ["rx_3", "rx_1"]
    assert ids(orders, statuses=(Status.VALIDATED, Status.PAID)) == ["rx_2"]


def test_pages_follow_each_other_without_gap_or_repeat(orders: Orders) -> None:
    for number in range(5):
        created(orders, f"rx_{number}")
    first = orders.page(OrderQuery(limit=2))
    second = orders.page(OrderQuery(limit=2, after=first.next_after))
    third = orders.page(OrderQuery(limit=2, after=second.next_after))
    found = [order.id for page in (first, second, third) for order in page.items]
    assert found == ["rx_4", "rx_3", "rx_2", "rx_1", "rx_0"]
    assert third.next_after is None


def test_a_filter_that_fits_only_the_oldest_still_finds_it(orders: Orders) -> None:
    created(orders, "rx_0", plan="610014")
    for number in range(1, 8):
        created(orders, f"rx_{number}")
    assert ids(orders, plan="610014", limit=2) == ["rx_0"]


def test_a_page_that_looked_at_enough_leads_on_to_what_fits(
    orders: Orders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "LOOKED_AT_MAX", 4)
    for number in range(14):
        status = (Status.RECEIVED, Status.VALIDATED)[number % 2]
        created(orders, f"rx_{number:02}", status=status, assignee="me" if number < 3 else "you")
    for oldest_first in (False, True):
        seen: list[str] = []
        query = OrderQuery(assignee="me", limit=2, oldest_first=oldest_first)
        while True:
            page = orders.page(query)
            seen += [order.id for order in page.items]
            if page.next_after is None:
                break
            query = replace(query, after=page.next_after)
        assert sorted(seen) == ["rx_00", "rx_01", "rx_02"]


def test_a_full_last_page_promises_no_other(orders: Orders) -> None:
    created(orders)
    assert orders.page(OrderQuery(limit=1)).next_after is None


def test_lists_are_filtered_by_whatever_is_asked(orders: Orders) -> None:
    created(orders, "rx_1", pharmacy_id="ph_1", plan="610014-MEDDPRIME")
    clinic = Origin(client_id="other", sender="2000000000002", message_id="EX-2")
    created(orders, "rx_2", origin=clinic, created_at=NOON + timedelta(days=1))
    assert ids(orders, pharmacy_id="ph_1") == ["rx_1"]
    assert ids(orders, plan="610014-MEDDPRIME") == ["rx_1"]
    assert ids(orders, client_id="other") == ["rx_2"]
    assert ids(orders, sender="2000000000002") == ["rx_2"]
    assert ids(orders, created_from=NOON + timedelta(hours=1)) == ["rx_2"]
    assert ids(orders, created_to=NOON + timedelta(hours=1)) == ["rx_1"]


def test_the_outbox_stands_only_in_the_write_that_made_its_events(dynamodb: Any) -> None:
    create_orders_table(dynamodb)
    orders = DynamoOrders(dynamodb, "orders")
    order = created(orders)
    assert _outbox(dynamodb) == ["intake_received"]
    orders.save(order.changed(at=NOON, plan="610014"))
    assert _outbox(dynamodb) is None
    order = orders.get(RX)
    moved = order.moved(Status.VALIDATED, at=NOON)
    event = record(PrescriptionValidated, moved, before=order, clock=a_clock())
    orders.save(moved, events=[event], documents=[ENROLLMENT])
    assert _outbox(dynamodb) == [envelope(event)["detail_type"]]


def _outbox(client: Any) -> list[str] | None:
    key = {"pk": {"S": f"rx#{RX}"}, "sk": {"S": "order"}}
    item = client.get_item(TableName="orders", Key=key)["Item"]
    if "outbox" not in item:
        return None
    return [entry["detail_type"] for entry in json.loads(unpack_text(item["outbox"]["S"]))]


def test_lists_begin_with_the_oldest_where_that_is_asked(orders: Orders) -> None:
    for number in range(1, 6):
        status = Status.PAID if number % 2 else Status.RECEIVED
        created(orders, f"rx_{number}", status=status)
    first = orders.page(OrderQuery(limit=3, oldest_first=True))
    assert [order.id for order in first.items] == ["rx_1", "rx_2", "rx_3"]
    assert ids(orders, oldest_first=True, after=first.next_after) == ["rx_4", "rx_5"]
    assert ids(orders, oldest_first=True, statuses=(Status.PAID,)) == ["rx_1", "rx_3", "rx_5"]


def test_several_orders_are_read_at_once_in_the_order_they_are_asked_for(orders: Orders) -> None:
    for number in range(120):
        created(orders, f"rx_{number:03}")
    wanted = [f"rx_{number:03}" for number in range(130, -1, -1)]
    found = [order.id for order in orders.several(wanted)]
    assert found == wanted[11:]
    assert orders.several([]) == ()


def test_a_status_is_counted_up_to_a_limit(orders: Orders) -> None:
    for number in range(5):
        created(orders, f"rx_{number}", status=Status.PAID)
    created(orders, "rx_9")
    assert orders.count(Status.PAID, limit=10) == 5
    assert orders.count(Status.PAID, limit=3) == 3
    assert orders.count(Status.FAILED, limit=3) == 0


def test_lists_are_filtered_by_who_works_on_it_and_by_holds(orders: Orders) -> None:
    created(orders, "rx_1", assignee="ann")
    created(orders, "rx_2", hold=Hold(reason="ops", by="ann", at=NOON))
    assert ids(orders, assignee="ann") == ["rx_1"]
    assert ids(orders, on_hold=True) == ["rx_2"]
    assert ids(orders, on_hold=False) == ["rx_1"]
